import { RadioGroup as Primitive } from 'radix-ui'
import { type ComponentProps, useId } from 'react'
import { cn } from '@/lib/cn'

interface RadioGroupProps extends Omit<ComponentProps<typeof Primitive.Root>, 'onChange' | 'onValueChange'> {
  options: readonly { value: string; label: string; hint?: string }[]
  onChange: (value: string) => void
}

export function RadioGroup({ options, onChange, className, ...props }: RadioGroupProps) {
  const id = useId()
  return (
    <Primitive.Root className={cn('flex flex-col gap-2', className)} onValueChange={onChange} {...props}>
      {options.map((option) => (
        <div key={option.value} className="flex items-start gap-2">
          <Primitive.Item
            id={`${id}-${option.value}`}
            value={option.value}
            className="mt-0.5 grid size-4 shrink-0 place-items-center rounded-full border border-faint bg-surface data-[state=checked]:border-accent"
          >
            <Primitive.Indicator className="size-2 rounded-full bg-accent" />
          </Primitive.Item>
          <label htmlFor={`${id}-${option.value}`} className="text-sm">
            {option.label}
            {option.hint && <span className="block text-xs text-muted">{option.hint}</span>}
          </label>
        </div>
      ))}
    </Primitive.Root>
  )
}
