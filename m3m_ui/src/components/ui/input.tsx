import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const inputLook =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-base text-text shadow-card transition-colors placeholder:text-faint focus-visible:border-ring focus-visible:outline-1 focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger'

/** Phones zoom into a page when smaller text is written. */
const typed = 'text-ellipsis max-sm:text-[16px]'

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(inputLook, typed, 'h-8', className)} {...props} />
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(inputLook, typed, 'min-h-20 py-1.5', className)} {...props} />
}
