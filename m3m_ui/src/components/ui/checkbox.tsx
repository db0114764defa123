import { Check, Minus } from 'lucide-react'
import { Checkbox as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export function Checkbox({ className, ...props }: ComponentProps<typeof Primitive.Root>) {
  return (
    <Primitive.Root
      className={cn('peer grid size-4 shrink-0 place-items-center rounded-sm border border-faint bg-surface disabled:opacity-50 data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent', className)}
      {...props}
    >
      <Primitive.Indicator className="text-on-accent">
        {props.checked === 'indeterminate' ? <Minus className="size-3" aria-hidden /> : <Check className="size-3" strokeWidth={3} aria-hidden />}
      </Primitive.Indicator>
    </Primitive.Root>
  )
}
