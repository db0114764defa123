import { Slider as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export function Slider({ className, 'aria-label': label, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root className={cn('relative flex h-8 w-full touch-none items-center select-none', className)} {...props}>
      <Primitive.Track className="relative h-1 grow rounded-full bg-line-strong">
        <Primitive.Range className="absolute h-full rounded-full bg-accent" />
      </Primitive.Track>
      <Primitive.Thumb aria-label={label} className="block size-4 rounded-full border-2 border-accent bg-surface shadow-card" />
    </Primitive.Root>
  )
}
