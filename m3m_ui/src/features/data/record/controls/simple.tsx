import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Input, Textarea } from '@/components/ui/input'
import { RadioGroup } from '@/components/ui/radio-group'
import { Select } from '@/components/ui/select'
import { Slider } from '@/components/ui/slider'
import { Switch } from '@/components/ui/switch'
import { formatNumber } from '@/lib/format'
import { jsonProblem } from '../../lib/values'
import { type Field, numberOf, textsOf } from '../../lib/types'
import { fromLocal, toLocal } from './dates'
import { asList, asText, type ValueControlProps } from './props'

const STEPS = 200

export function NumberControl({ field, value, onChange, tied }: ValueControlProps) {
  return <Input {...tied} autoComplete="off" inputMode={field.type === 'number' ? 'numeric' : 'decimal'} className="tabular" value={asText(value)} onChange={(event) => onChange(event.target.value)} />
}

export function SliderControl({ field, value, onChange, tied }: ValueControlProps) {
  const min = numberOf(field, 'min') ?? 0
  const max = numberOf(field, 'max') ?? 100
  const step = field.type === 'number' ? 1 : (max - min) / STEPS
  const now = asText(value) === '' ? undefined : Number(value)
  return (
    <div className="flex items-center gap-3">
      <Slider aria-label={field.label || field.key} min={min} max={max} step={step} value={[now ?? min]} onValueChange={([next]) => onChange(String(next))} />
      <Input {...tied} inputMode="decimal" className="tabular w-24 shrink-0 text-right" placeholder={formatNumber(min)} value={asText(value)} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}

export function BoolControl({ field, value, onChange, tied, as }: ValueControlProps & { as: 'checkbox' | 'switch' }) {
  const { t } = useTranslation('data')
  const isOn = value === true
  return (
    <div className="flex h-8 items-center gap-2 text-sm">
      {as === 'switch' ? (
        <Switch {...tied} checked={isOn} onCheckedChange={onChange} />
      ) : (
        <Checkbox {...tied} checked={value === null ? 'indeterminate' : isOn} onCheckedChange={(on) => onChange(on === true)} />
      )}
      <span className="text-muted">{value === null ? t('control.unset') : isOn ? t('control.yes') : t('control.no')}</span>
      {field.nullable && value !== null && <Button variant="ghost" size="sm" onClick={() => onChange(null)}>{t('control.unsetIt')}</Button>}
    </div>
  )
}

export function DateControl({ field, value, onChange, tied, as }: ValueControlProps & { as: string }) {
  const text = asText(value)
  if (as === 'input') return <Input {...tied} autoComplete="off" className="tabular" placeholder={field.type === 'date' ? '2026-11-22' : '2026-11-22T10:15:30Z'} value={text} onChange={(event) => onChange(event.target.value)} />
  if (field.type === 'date') return <Input {...tied} type="date" className="w-48" value={text.slice(0, 10)} onChange={(event) => onChange(event.target.value)} />
  return <Input {...tied} type="datetime-local" step={1} className="w-60" value={toLocal(text)} onChange={(event) => onChange(fromLocal(event.target.value))} />
}

const NONE = '\u0000none'

/** A list has no empty value: this one stands for it. */
export function noneOption(field: Field, label: string): { value: string; label: ReactNode }[] {
  return field.nullable ? [{ value: NONE, label: <span className="text-faint">{label}</span> }] : []
}

export function valueOf(chosen: string): string {
  return chosen === NONE ? '' : chosen
}

export function SelectControl({ field, value, onChange, tied }: ValueControlProps) {
  const { t } = useTranslation('data')
  const values = textsOf(field, 'values').map((each) => ({ value: each, label: each }))
  return <Select {...tied} placeholder={t('control.choose')} value={asText(value)} onChange={(next) => onChange(valueOf(next))} options={[...noneOption(field, t('control.none')), ...values]} />
}

export function RadioControl({ field, value, onChange, tied }: ValueControlProps) {
  const { t } = useTranslation('data')
  return (
    <div className="flex flex-col items-start gap-1 py-1">
      <RadioGroup {...tied} aria-labelledby={`${tied.id}-label`} value={asText(value)} onChange={onChange} options={textsOf(field, 'values').map((each) => ({ value: each, label: each }))} />
      {field.nullable && asText(value) !== '' && <Button variant="ghost" size="sm" className="-ml-2" onClick={() => onChange('')}>{t('control.unsetIt')}</Button>}
    </div>
  )
}

export function CheckboxesControl({ field, value, onChange, tied }: ValueControlProps) {
  const chosen = asList(value)
  return (
    <div role="group" {...tied} aria-labelledby={`${tied.id}-label`} className="grid grid-cols-1 gap-2 py-1 sm:grid-cols-2">
      {textsOf(field, 'values').map((each) => (
        <label key={each} className="flex items-center gap-2 text-sm">
          <Checkbox checked={chosen.includes(each)} onCheckedChange={(on) => onChange(on === true ? [...chosen, each] : chosen.filter((other) => other !== each))} />
          <span className="wrap-anywhere">{each}</span>
        </label>
      ))}
    </div>
  )
}

export function JsonControl({ value, onChange, tied }: ValueControlProps) {
  const { t } = useTranslation('data')
  const text = asText(value)
  const problem = jsonProblem(text)
  const tidy = () => onChange(JSON.stringify(JSON.parse(text), null, 2))
  return (
    <div>
      <Textarea {...tied} aria-invalid={problem !== undefined || tied['aria-invalid'] || undefined} spellCheck={false} className="field-sizing-content max-h-96 min-h-24 font-mono text-sm" placeholder="{ }" value={text} onChange={(event) => onChange(event.target.value)} />
      <div className="mt-1 flex items-center justify-between gap-2 text-xs">
        <span className={problem ? 'text-danger-text wrap-anywhere' : 'text-faint'}>{problem ?? t('control.json')}</span>
        <Button variant="ghost" size="sm" disabled={problem !== undefined || text.trim() === ''} onClick={tidy}>{t('control.tidy')}</Button>
      </div>
    </div>
  )
}
