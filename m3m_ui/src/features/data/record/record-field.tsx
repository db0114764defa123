import { type Control, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Field as FormField } from '@/components/form'
import { TypeIcon } from '../lib/type-icon'
import { type Field, labelOf, type Model } from '../lib/types'
import { type FormValues, jsonProblem } from '../lib/values'
import { ValueControl } from './controls/value-control'

const FOCUSED = 'input:not([hidden]), textarea, [contenteditable=true], button[role=combobox], button'

interface RecordFieldProps {
  control: Control<FormValues>
  model: Model
  field: Field
}

/** One field of a record's form. */
export function RecordField({ control, model, field }: RecordFieldProps) {
  const { t } = useTranslation('data')
  const { field: { ref, value, onChange }, fieldState } = useController({
    control,
    name: field.key,
    rules: { validate: (written) => (field.type === 'document' && typeof written === 'string' ? jsonProblem(written) : undefined) },
  })
  const label = (
    <span className="flex items-center gap-1.5">
      <TypeIcon type={field.type} className="size-3.5 shrink-0 text-faint" />
      <span className="min-w-0 wrap-anywhere">{labelOf(field)}</span>
      {field.required && <span className="text-danger-text" title={t('field.required')}>*</span>}
    </span>
  )
  return (
    <div ref={(node) => ref(node && { focus: () => node.querySelector<HTMLElement>(FOCUSED)?.focus() })} data-field={field.key}>
      <FormField label={label} hint={field.help || undefined} optional={field.unique ? t('field.unique') : undefined} error={fieldState.error?.message}>
        {(tied) => <ValueControl model={model} field={field} value={value} onChange={onChange} tied={tied} />}
      </FormField>
    </div>
  )
}
