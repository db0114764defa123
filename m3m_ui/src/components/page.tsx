import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import { useTitle } from '@/lib/use-title'
import { ErrorState, WayBack } from './ui/states'

interface Asked {
  data: unknown
  error: unknown
  refetch?: () => unknown
}

interface PageProps {
  title: string
  description?: ReactNode
  actions?: ReactNode
  /** For editors that fill the window; without it the page has a comfortable width and margins. */
  wide?: boolean
  /** The title is for screen readers only: on a project's page its tab says it already. */
  titleHidden?: boolean
  /** What the page is about. When it cannot be had, the page says so and offers nothing else. */
  asked?: Asked
  /** The way on from what is not there; without it to all projects. */
  back?: ReactNode
  children: ReactNode
}

/** The frame of a page: its title, what can be done, its content. */
export function Page({ title, description, actions, wide, titleHidden, asked, back, children }: PageProps) {
  const { t } = useTranslation()
  useTitle(title)
  const failed = asked?.error && asked.data === undefined ? asked : undefined
  const offered = failed ? undefined : actions
  const said = failed ? undefined : description
  return (
    <div className={wide ? 'flex min-h-0 flex-1 flex-col px-4 py-4 sm:px-6' : 'w-full max-w-7xl px-4 py-5 sm:px-6'}>
      <header className={cn('flex flex-wrap items-center justify-between gap-x-4 gap-y-2', (!titleHidden || offered || said) && 'mb-4')}>
        <div className="min-w-0">
          <h1 className={titleHidden ? 'sr-only' : 'text-xl wrap-anywhere'}>{title}</h1>
          {said && <p className="text-sm text-muted">{said}</p>}
        </div>
        {offered && <div className="flex flex-wrap items-center gap-2">{offered}</div>}
      </header>
      {failed ? (
        <ErrorState error={failed.error} onRetry={failed.refetch && (() => void failed.refetch?.())} back={back ?? <WayBack to="/projects">{t('nav.allProjects')}</WayBack>} />
      ) : (
        children
      )}
    </div>
  )
}
