import { cva, type VariantProps } from 'class-variance-authority'
import { LoaderCircle } from 'lucide-react'
import { Slot } from 'radix-ui'
import type { ComponentProps, MouseEvent } from 'react'
import { cn } from '@/lib/cn'

export const buttonVariants = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:pointer-events-none disabled:opacity-50 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-hover shadow-card',
        secondary: 'bg-surface text-text border border-line-strong hover:bg-hover shadow-card',
        ghost: 'text-muted hover:bg-hover hover:text-text',
        danger: 'bg-danger text-on-accent hover:bg-danger-hover shadow-card',
        link: 'text-accent-text underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs [&_svg]:size-3.5',
        md: 'h-8 px-3 text-sm [&_svg]:size-4',
        lg: 'h-10 px-4 text-base [&_svg]:size-4',
        icon: 'size-8 [&_svg]:size-4',
        'icon-sm': 'size-7 [&_svg]:size-3.5',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)

interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof buttonVariants> {
  /** Give the look to the child, such as a link. */
  asChild?: boolean
  /** Shows that it works and takes no more clicks. Whoever tells it does one thing for a double click. */
  busy?: boolean
}

export function Button({ className, variant, size, asChild, busy, disabled, children, type, onClick, ...props }: ButtonProps) {
  const look = cn(buttonVariants({ variant, size }), className)
  if (asChild) return <Slot.Root className={look} onClick={onClick} {...props}>{children}</Slot.Root>
  // the second half of a double click may come before the button is drawn as busy
  const once = (event: MouseEvent<HTMLButtonElement>) => event.detail < 2 && onClick?.(event)
  return (
    <button type={type ?? 'button'} className={look} disabled={disabled || busy} aria-busy={busy || undefined} onClick={busy === undefined ? onClick : once} {...props}>
      {busy && <LoaderCircle className="animate-spin" aria-hidden />}
      {children}
    </button>
  )
}
