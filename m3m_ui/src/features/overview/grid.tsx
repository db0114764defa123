import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

/** A table inside of a card; it scrolls sideways in its own frame. */
export function Grid({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div className="overflow-x-auto border-t border-line" tabIndex={0} role="group" aria-label={label}>
      <table className="w-full text-sm [&_tbody_tr]:border-t [&_tbody_tr]:border-line [&_tbody_tr:first-child]:border-t-0">{children}</table>
    </div>
  )
}

interface CellProps {
  /** Numbers stand at the right, one below the other. */
  number?: boolean
}

export function GridHead({ number, className, ...props }: ComponentProps<'th'> & CellProps) {
  return <th scope="col" className={cn('h-8 bg-subtle px-2 text-xs font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4 sm:px-3', number ? 'text-right' : 'text-left', className)} {...props} />
}

export function GridCell({ number, className, ...props }: ComponentProps<'td'> & CellProps) {
  return <td className={cn('h-9 px-2 py-1.5 first:pl-4 last:pr-4 sm:px-3', number && 'tabular text-right whitespace-nowrap', className)} {...props} />
}
