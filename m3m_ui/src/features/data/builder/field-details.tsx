import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Switch } from '@/components/ui/switch'
import type { Model } from '../lib/types'
import { isMany } from '../lib/types'
import { ValueControl } from '../record/controls/value-control'
import { canBeUnique, type DraftField } from './draft'
import { OptionControl } from './option-control'
import { optionsOf } from './options'
import { typeOf } from '../lib/types'

interface FieldDetailsProps {
  field: DraftField
  problems: Record<string, string>
  onChange: (field: DraftField) => void
}

/** The usual views: how a default is asked for. */
const PLAIN: Model = {
  id: '', name: '', slug: '', fields: [], revision: 1, created_at: '', updated_at: '',
  table_config: { columns: [], filters: [], sort_columns: [], searchable: [] },
  form_config: { field_order: [], hidden_fields: [], field_views: {} },
}

export function FieldDetails({ field, problems, onChange }: FieldDetailsProps) {
  const { t } = useTranslation('data')
  const set = (values: Partial<DraftField>) => onChange({ ...field, ...values })
  const known = optionsOf(typeOf(field), field.options)
  const shown = new Set(['options', 'label', 'help', 'default_value', 'unique', 'index', ...known.map(([name]) => `options.${name}`)])
  const others = Object.entries(problems).filter(([path]) => !shown.has(path))
  return (
    <div className="grid grid-cols-1 gap-4 border-t border-line p-4 sm:grid-cols-2">
      <Field label={t('field.label')} error={problems.label}>
        {(tied) => <Input {...tied} value={field.label} placeholder={field.key} onChange={(event) => set({ label: event.target.value })} />}
      </Field>
      <Field label={t('field.help')} error={problems.help}>
        {(tied) => <Input {...tied} value={field.help} onChange={(event) => set({ help: event.target.value })} />}
      </Field>
      {known.map(([name, kind]) => (
        <OptionControl key={name} name={name} kind={kind} type={typeOf(field)} value={field.options[name]} error={problems[`options.${name}`]} onChange={(value) => set({ options: { ...field.options, [name]: value } })} />
      ))}
      <Default field={field} error={problems.default_value} onChange={(default_value) => set({ default_value })} />
      <div className="grid grid-cols-1 gap-x-6 gap-y-3 sm:col-span-2 sm:grid-cols-2">
        <Toggle label={t('field.required')} hint={t('field.requiredHint')} on={field.required} onChange={(required) => set({ required, nullable: !required })} />
        <Toggle label={t('field.nullable')} hint={t('field.nullableHint')} on={field.nullable && !field.required} disabled={field.required} onChange={(nullable) => set({ nullable })} />
        <Toggle label={t('field.unique')} hint={problems.unique ?? t('field.uniqueHint')} wrong={problems.unique !== undefined} on={field.unique} disabled={!canBeUnique(field)} onChange={(unique) => set({ unique })} />
        <Toggle label={t('field.index')} hint={problems.index ?? t('field.indexHint')} wrong={problems.index !== undefined} on={field.index || field.unique} disabled={field.type === 'document' || field.unique} onChange={(index) => set({ index })} />
      </div>
      {others.map(([path, message]) => <p key={path} role="alert" className="text-xs text-danger-text sm:col-span-2">{path}: {message}</p>)}
    </div>
  )
}

interface DefaultProps {
  field: DraftField
  error: string | undefined
  onChange: (value: unknown) => void
}

function Default({ field, error, onChange }: DefaultProps) {
  const { t } = useTranslation('data')
  const type = typeOf(field)
  if (type === 'ref' || type === 'file' || field.unique) return null
  const isTime = type === 'date' || type === 'datetime'
  const isNow = field.default_value === '$now'
  const asked = { ...field, nullable: true, key: field.key || 'default', label: t('field.default') }
  return (
    <Field label={t('field.default')} error={error}>
      {(tied) => (
        <div className="flex items-start gap-2">
          <div className="min-w-0 flex-1">
            {isNow ? <Input {...tied} disabled value={t('field.now')} /> : <ValueControl model={PLAIN} field={asked} value={isMany(field) ? (field.default_value ?? []) : field.default_value === '' && type === 'bool' ? null : field.default_value} onChange={onChange} tied={tied} />}
          </div>
          {isTime && <Button aria-pressed={isNow} className="aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:text-accent-text" onClick={() => onChange(isNow ? '' : '$now')}>{t('field.now')}</Button>}
        </div>
      )}
    </Field>
  )
}

interface ToggleProps {
  label: ReactNode
  hint: string
  on: boolean
  wrong?: boolean
  disabled?: boolean
  onChange: (on: boolean) => void
}

function Toggle({ label, hint, on, wrong, disabled, onChange }: ToggleProps) {
  const id = useId()
  return (
    <div className="flex items-start gap-3">
      <Switch id={id} className="mt-0.5" checked={on} disabled={disabled} onCheckedChange={onChange} />
      <label htmlFor={id} className="text-sm">
        {label}
        <span className={wrong ? 'block text-xs text-danger-text' : 'block text-xs text-muted'}>{hint}</span>
      </label>
    </div>
  )
}
