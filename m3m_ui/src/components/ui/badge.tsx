import { cva, type VariantProps } from 'class-variance-authority'
import { Children, type ComponentProps, type ReactNode } from 'react'
import { cn } from '@/lib/cn'

const look = cva('inline-flex h-5 max-w-full shrink-0 items-center gap-1 overflow-hidden whitespace-nowrap rounded-sm px-1.5 text-xs font-medium [&_svg]:size-3', {
  variants: {
    tone: {
      neutral: 'bg-pressed text-muted',
      accent: 'bg-accent-soft text-accent-text',
      success: 'bg-success-soft text-success-text',
      warning: 'bg-warning-soft text-warning-text',
      danger: 'bg-danger-soft text-danger-text',
      info: 'bg-info-soft text-info-text',
    },
  },
  defaultVariants: { tone: 'neutral' },
})

export type Tone = NonNullable<VariantProps<typeof look>['tone']>

export function Badge({ className, tone, children, ...props }: ComponentProps<'span'> & { tone?: Tone }) {
  return (
    <span className={cn(look({ tone }), className)} {...props}>
      {isText(children) ? truncated(children) : Children.map(children, (child) => (isText(child) ? truncated(child) : child))}
    </span>
  )
}

function isText(node: ReactNode): boolean {
  const parts = Children.toArray(node)
  return parts.length > 0 && parts.every((each) => typeof each === 'string' || typeof each === 'number')
}

/** In a box of its own: the text of a flexible box has no ellipsis. */
function truncated(text: ReactNode): ReactNode {
  return <span className="truncate">{text}</span>
}
