import { Check, Ban } from 'lucide-react'
import { ToggleGroup } from 'radix-ui'
import { useTranslation } from 'react-i18next'
import { COLORS, colorValue } from '@/lib/colors'
import type { ControlProps } from './field'

interface ColorPickerProps extends ControlProps {
  value: string | null
  onChange: (value: string | null) => void
}

const NONE = 'none'
const dot = 'group grid size-6 place-items-center rounded-full border border-transparent data-[state=on]:ring-2 data-[state=on]:ring-ring data-[state=on]:ring-offset-2 data-[state=on]:ring-offset-raised'

export function ColorPicker({ value, onChange, ...tied }: ColorPickerProps) {
  const { t } = useTranslation()
  const change = (next: string) => {
    if (next !== '') onChange(next === NONE ? null : next)
  }
  return (
    <ToggleGroup.Root type="single" value={value ?? NONE} onValueChange={change} className="grid w-fit grid-cols-9 gap-2" {...tied}>
      <ToggleGroup.Item value={NONE} className={`${dot} border-line-strong text-faint`} aria-label={t('colors.none')}>
        <Ban className="size-3.5" aria-hidden />
      </ToggleGroup.Item>
      {COLORS.map((color) => (
        <ToggleGroup.Item key={color} value={color} className={dot} style={{ background: colorValue(color) }} aria-label={t(`colors.${color}`)}>
          <Check className="hidden size-3.5 text-white group-data-[state=on]:block" aria-hidden />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
