import { Popover as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const Popover = Primitive.Root
export const PopoverTrigger = Primitive.Trigger

/** It is a dialog, so it has a name. */
type PopoverContentProps = ComponentProps<typeof Primitive.Content> & { 'aria-label': string }

export function PopoverContent({ className, align = 'start', sideOffset = 4, ...props }: PopoverContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Content
        align={align}
        sideOffset={sideOffset}
        collisionPadding={8}
        className={cn('z-50 w-72 rounded-lg border border-line bg-raised p-3 text-sm shadow-raised outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98', className)}
        {...props}
      />
    </Primitive.Portal>
  )
}
