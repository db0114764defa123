import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Input, Textarea } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { useModels } from '../api'
import type { FieldType } from '../lib/types'
import type { OptionKind, OptionName } from './options'

const POLICIES = ['restrict', 'set_null', 'cascade'] as const

interface OptionControlProps {
  name: OptionName
  kind: OptionKind
  type: FieldType
  value: unknown
  error: string | undefined
  onChange: (value: unknown) => void
}

/** One option of a field, by what it may be. */
export function OptionControl({ name, kind, type, value, error, onChange }: OptionControlProps) {
  const { t } = useTranslation('data')
  const isCount = kind === 'whole' && (name === 'min' || name === 'max')
  const label = isCount ? t(name === 'min' ? 'option.least' : 'option.most') : name === 'max_size' && type === 'file' ? t('option.max_size_file') : t(`option.${name}`)
  const hint = kind === 'values' || kind === 'mimes' || kind === 'line' ? t(`option.hint.${kind}`) : undefined
  const text = value === undefined || value === null ? '' : String(value)
  return (
    <Field label={label} hint={hint} error={error}>
      {(tied) => {
        switch (kind) {
          case 'flag':
            return <div className="flex h-8 items-center"><Switch {...tied} checked={value === true} onCheckedChange={onChange} /></div>
          case 'model':
            return <ModelSelect tied={tied} value={text} onChange={onChange} />
          case 'policy':
            return <Select {...tied} value={text || 'restrict'} onChange={onChange} options={POLICIES.map((each) => ({ value: each, label: t(`option.policy.${each}`) }))} />
          case 'values':
          case 'mimes':
            return (
              <Textarea
                {...tied}
                spellCheck={false}
                className="field-sizing-content max-h-60 min-h-20 font-mono text-sm"
                placeholder={kind === 'mimes' ? 'image/*\napplication/pdf' : undefined}
                value={Array.isArray(value) ? value.join('\n') : ''}
                onChange={(event) => onChange(event.target.value === '' ? [] : event.target.value.split('\n'))}
              />
            )
          case 'date':
            return <Input {...tied} type={type === 'date' ? 'date' : 'text'} placeholder="2026-11-22T10:00:00Z" value={text} onChange={(event) => onChange(event.target.value)} />
          default:
            return <Input {...tied} autoComplete="off" spellCheck={false} inputMode={kind === 'line' ? undefined : 'decimal'} className={kind === 'line' ? 'font-mono text-sm' : 'tabular'} value={text} onChange={(event) => onChange(event.target.value)} />
        }
      }}
    </Field>
  )
}

interface ModelSelectProps {
  tied: { id: string }
  value: string
  onChange: (value: unknown) => void
}

function ModelSelect({ tied, value, onChange }: ModelSelectProps) {
  const { t } = useTranslation('data')
  const { data } = useModels()
  return <Select {...tied} placeholder={t('control.choose')} value={value} onChange={onChange} options={(data?.items ?? []).map((model) => ({ value: model.slug, label: model.name }))} />
}
