import { ChevronDown, Trash2 } from 'lucide-react'
import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { cn } from '@/lib/cn'
import { TypeIcon } from '../lib/type-icon'
import { type FieldType, TYPES } from '../lib/types'
import { type DraftField, retyped } from './draft'
import { FieldDetails } from './field-details'
import { SortableRow } from './sortable'

interface FieldCardProps {
  field: DraftField
  open: boolean
  /** It was added just now: its key is written next. */
  isAdded: boolean
  problems: Record<string, string> | undefined
  onToggle: (uid: string) => void
  onChange: (field: DraftField) => void
  onRemove: (uid: string) => void
}

/** One field of the builder: its key and type, and below, when it is opened, all the rest. */
export const FieldCard = memo(function FieldCard({ field, open, isAdded, problems, onToggle, onChange, onRemove }: FieldCardProps) {
  const { t } = useTranslation(['data', 'common'])
  const { key, ...others } = problems ?? {}
  const name = field.key || t('field.unnamed')
  const types = TYPES.map((value) => ({ value, label: <span className="inline-flex items-center gap-2"><TypeIcon type={value} className="size-4 text-faint" />{t(`types.${value}`)}</span> }))
  return (
    <SortableRow id={field.uid} label={t('field.drag', { name })} className="rounded-lg border border-line bg-surface shadow-card">
      {(handle) => (
        <>
          <div className="flex flex-wrap items-center gap-2 p-2">
            {handle}
            <Input
              aria-label={t('field.key')}
              aria-invalid={key ? true : undefined}
              autoComplete="off"
              autoCapitalize="off"
              spellCheck={false}
              autoFocus={isAdded}
              placeholder={t('field.key')}
              className="w-44 flex-1 font-mono text-sm sm:max-w-60"
              value={field.key}
              onChange={(event) => onChange({ ...field, key: event.target.value })}
            />
            <Select aria-label={t('field.type')} className="w-56 max-sm:order-last max-sm:w-full" value={field.type} onChange={(type) => onChange(retyped(field, type as FieldType))} options={types} />
            <div className="ml-auto flex items-center gap-1">
              {Object.keys(others).length > 0 && <Badge tone="danger">{t('field.wrong')}</Badge>}
              <span className="flex gap-1 max-md:hidden">
                {field.required && <Badge>{t('field.required')}</Badge>}
                {field.unique && <Badge tone="accent">{t('field.unique')}</Badge>}
                {field.index && !field.unique && <Badge>{t('field.index')}</Badge>}
              </span>
              <Button variant="ghost" size="icon-sm" aria-label={t('field.remove', { name })} onClick={() => onRemove(field.uid)}><Trash2 aria-hidden /></Button>
              <Button variant="ghost" size="icon-sm" aria-expanded={open} aria-label={t('field.details', { name })} onClick={() => onToggle(field.uid)}>
                <ChevronDown className={cn('transition-transform', open && 'rotate-180')} aria-hidden />
              </Button>
            </div>
          </div>
          {key && <p role="alert" className="px-3 pb-2 pl-11 text-xs text-danger-text">{key}</p>}
          {open && <FieldDetails field={field} problems={others} onChange={onChange} />}
        </>
      )}
    </SortableRow>
  )
})
