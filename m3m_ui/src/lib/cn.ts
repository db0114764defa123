import { type ClassValue, clsx } from 'clsx'
import { extendTailwindMerge } from 'tailwind-merge'

const merge = extendTailwindMerge({ extend: { theme: { shadow: ['card', 'raised', 'dialog'] } } })

export function cn(...classes: ClassValue[]): string {
  return merge(clsx(classes))
}
