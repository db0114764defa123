import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

/** The place of something that is being loaded; give it the size of what comes. */
export function Skeleton({ className, ...props }: ComponentProps<'div'>) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-pressed', className)} {...props} />
}

export function Kbd({ className, ...props }: ComponentProps<'kbd'>) {
  return <kbd className={cn('inline-flex h-5 items-center rounded-sm border border-line bg-subtle px-1 font-sans text-xs text-muted', className)} {...props} />
}
