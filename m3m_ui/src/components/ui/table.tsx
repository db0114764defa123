import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

/** Scrolls sideways inside of its own frame on narrow screens, also with the keys, so the frame has the table's name. */
export function Table({ className, ...props }: ComponentProps<'table'> & { 'aria-label': string }) {
  return (
    <div className="relative overflow-x-auto rounded-lg border border-line bg-surface" tabIndex={0} role="group" aria-label={props['aria-label']}>
      <table className={cn('w-full border-collapse text-sm', className)} {...props} />
    </div>
  )
}

export function TableHead({ className, ...props }: ComponentProps<'th'>) {
  return <th scope="col" className={cn('h-9 border-b border-line bg-subtle px-3 text-left text-xs font-medium whitespace-nowrap text-muted', className)} {...props} />
}

export function TableRow({ className, ...props }: ComponentProps<'tr'>) {
  return <tr className={cn('border-b border-line transition-colors last:border-0 hover:bg-hover/60 data-[selected=true]:bg-accent-soft', className)} {...props} />
}

export function TableCell({ className, ...props }: ComponentProps<'td'>) {
  return <td className={cn('h-10 px-3 py-1.5', className)} {...props} />
}
