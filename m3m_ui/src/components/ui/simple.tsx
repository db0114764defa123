import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

/** The place of something that is being loaded; give it the size of what comes. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-pressed', className)} {...props} />
}

/** The place of a card: its frame, and lines where its words come. */
export function CardPlace({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div aria-hidden className={cn('flex flex-col rounded-lg border border-line bg-surface p-4 shadow-card', className)} {...props}>
      <Skeleton className="h-4 w-2/5" />
      <Skeleton className="mt-2.5 h-3 w-1/4" />
      <Skeleton className="mt-auto h-3.5 w-3/5" />
    </div>
  )
}

/** The place of a list in a frame; give its rows their height. */
export function RowPlaces({ count, className }: { count: number; className: string }) {
  return (
    <div aria-hidden className="divide-y divide-line rounded-lg border border-line bg-surface">
      {Array.from({ length: count }, (_, place) => (
        <div key={place} className={cn('flex items-center justify-between px-4', className)}>
          <Skeleton className="h-4 w-2/5" />
          <Skeleton className="h-3.5 w-1/6" />
        </div>
      ))}
    </div>
  )
}

export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return <kbd className={cn('inline-flex h-5 items-center rounded-sm border border-line bg-subtle px-1 font-sans text-xs text-muted', className)} {...props} />
}
