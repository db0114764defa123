import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { Skeleton } from './ui/simple'

const FRAME = 'grid grid-cols-1 gap-4 rounded-lg border bg-surface p-5 shadow-card md:grid-cols-[14rem_minmax(0,1fr)]'

interface SectionProps {
  title: string
  hint?: ReactNode
  danger?: boolean
  children: ReactNode
}

/** A part of a page of settings: what it is about at the left, its controls at the right. */
export function Section({ title, hint, danger, children }: SectionProps) {
  return (
    <section className={cn(FRAME, danger ? 'border-danger/40' : 'border-line')}>
      <div>
        <h2 className={cn('text-sm font-semibold', danger && 'text-danger-text')}>{title}</h2>
        {hint && <p className="mt-1 text-xs text-muted">{hint}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  )
}

/** The place of a section with so many controls below each other. */
export function SectionPlace({ controls }: { controls: number }) {
  return (
    <div aria-hidden className={cn(FRAME, 'border-line')}>
      <div>
        <Skeleton className="h-4 w-24" />
        <Skeleton className="mt-2 h-3 w-40" />
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        {Array.from({ length: controls }, (_, place) => (
          <div key={place}>
            <Skeleton className="h-4 w-28" />
            <Skeleton className="mt-2 h-8" />
          </div>
        ))}
      </div>
    </div>
  )
}
