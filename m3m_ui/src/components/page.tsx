import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { useTitle } from '@/lib/use-title'

interface PageProps {
  title: string
  description?: ReactNode
  actions?: ReactNode
  /** For editors that fill the window; without it the page has a comfortable width and margins. */
  wide?: boolean
  /** The title is for screen readers only: on a project's page its tab says it already. */
  titleHidden?: boolean
  children: ReactNode
}

/** The frame of a page: its title, what can be done, its content. */
export function Page({ title, description, actions, wide, titleHidden, children }: PageProps) {
  useTitle(title)
  return (
    <div className={wide ? 'flex min-h-0 flex-1 flex-col px-4 py-4 sm:px-6' : 'w-full max-w-7xl px-4 py-5 sm:px-6'}>
      <header className={cn('flex flex-wrap items-center justify-between gap-x-4 gap-y-2', (!titleHidden || actions || description) && 'mb-4')}>
        <div className="min-w-0">
          <h1 className={titleHidden ? 'sr-only' : 'text-xl wrap-anywhere'}>{title}</h1>
          {description && <p className="text-sm text-muted">{description}</p>}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      {children}
    </div>
  )
}
