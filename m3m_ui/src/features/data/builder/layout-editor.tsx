import { ArrowDownUp, Eye, EyeOff, Filter, type LucideIcon, Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Card, CardBody, CardHeader } from '@/components/ui/card'
import { Select } from '@/components/ui/select'
import { cn } from '@/lib/cn'
import { TypeIcon } from '../lib/type-icon'
import { TIMES } from '../lib/types'
import { useColumnName } from '../records/use-column-name'
import { FIRST } from '../records/view-settings'
import { canSearch, canSort, type Draft, type DraftField, type Layout, viewsOf } from './draft'
import { Sortable, SortableRow } from './sortable'

interface LayoutEditorProps {
  draft: Draft
  onChange: (layout: Layout) => void
}

/** How records are shown in the table, and asked for in the form. */
export function LayoutEditor({ draft, onChange }: LayoutEditorProps) {
  const { t } = useTranslation('data')
  return (
    <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
      <Card>
        <CardHeader title={t('layout.table')} description={t('layout.tableHint')} />
        <CardBody><TableSettings draft={draft} onChange={onChange} /></CardBody>
      </Card>
      <Card>
        <CardHeader title={t('layout.form')} description={t('layout.formHint')} />
        <CardBody><FormSettings draft={draft} onChange={onChange} /></CardBody>
      </Card>
    </div>
  )
}

type Part = 'columns' | 'searchable' | 'sort_columns' | 'filters'

function ordered(first: readonly string[], all: readonly string[]): string[] {
  return [...first.filter((id) => all.includes(id)), ...all.filter((id) => !first.includes(id))]
}

function TableSettings({ draft: { fields, layout }, onChange }: LayoutEditorProps) {
  const { t } = useTranslation('data')
  const byId = new Map(fields.map((field) => [field.uid, field]))
  const ids = ordered(layout.columns, [...byId.keys(), ...TIMES])
  // while none is chosen, the usual ones are shown
  const columns = layout.columns.length > 0 ? layout.columns : [...fields.slice(0, FIRST).map((field) => field.uid), 'created_at']
  const turn = (part: Part, id: string) => {
    const now = layout[part]
    const next = now.includes(id) ? now.filter((each) => each !== id) : [...now, id]
    onChange({ ...layout, [part]: part === 'columns' ? ids.filter((each) => next.includes(each)) : next })
  }
  return (
    <Sortable ids={ids} onOrder={(order) => onChange({ ...layout, columns: order.filter((id) => layout.columns.includes(id)) })}>
      <ul className="flex flex-col divide-y divide-line">
        {ids.map((id) => {
          const field = byId.get(id)
          const toggle = (part: Part, icon: LucideIcon, can: boolean) => (
            <Toggle icon={icon} label={t(`layout.${part}`)} on={layout[part].includes(id)} disabled={!can} onClick={() => turn(part, id)} />
          )
          return (
            <SettingRow key={id} id={id} field={field} dim={!columns.includes(id)}>
              {toggle('columns', columns.includes(id) ? Eye : EyeOff, true)}
              {toggle('searchable', Search, field !== undefined && canSearch(field))}
              {toggle('sort_columns', ArrowDownUp, field === undefined || canSort(field))}
              {toggle('filters', Filter, field?.type !== 'document')}
            </SettingRow>
          )
        })}
      </ul>
    </Sortable>
  )
}

function FormSettings({ draft: { fields, layout }, onChange }: LayoutEditorProps) {
  const { t } = useTranslation('data')
  const byId = new Map(fields.map((field) => [field.uid, field]))
  const ids = ordered(layout.field_order, [...byId.keys()])
  return (
    <Sortable ids={ids} onOrder={(field_order) => onChange({ ...layout, field_order })}>
      <ul className="flex flex-col divide-y divide-line">
        {ids.map((id) => {
          const field = byId.get(id)
          if (!field) return null
          const views = viewsOf(field)
          const isHidden = layout.hidden_fields.includes(id)
          const hidden = isHidden ? layout.hidden_fields.filter((each) => each !== id) : [...layout.hidden_fields, id]
          const view = layout.field_views[id]
          return (
            <SettingRow key={id} id={id} field={field} dim={isHidden}>
              {views.length > 1 && (
                <Select
                  aria-label={t('layout.view', { field: field.key })}
                  className="h-7 w-36 text-sm"
                  value={view !== undefined && views.includes(view) ? view : (views[0] ?? '')}
                  onChange={(next) => onChange({ ...layout, field_views: { ...layout.field_views, [id]: next } })}
                  options={views.map((each) => ({ value: each, label: t(`views.${each as ViewName}`) }))}
                />
              )}
              <Toggle icon={isHidden ? EyeOff : Eye} label={t('layout.visible')} on={!isHidden} onClick={() => onChange({ ...layout, hidden_fields: hidden })} />
            </SettingRow>
          )
        })}
      </ul>
    </Sortable>
  )
}

type ViewName = 'input' | 'textarea' | 'tiptap' | 'markdown' | 'slider' | 'checkbox' | 'switch' | 'picker' | 'file' | 'image' | 'select' | 'combobox' | 'json' | 'radio' | 'checkboxes'

interface SettingRowProps {
  id: string
  field: DraftField | undefined
  dim: boolean
  children: React.ReactNode
}

function SettingRow({ id, field, dim, children }: SettingRowProps) {
  const { t } = useTranslation('data')
  const nameOf = useColumnName()
  const name = field ? field.label || field.key || t('field.unnamed') : nameOf(id)
  return (
    <SortableRow id={id} label={t('field.drag', { name })} className="flex h-10 items-center gap-2 bg-surface">
      {(handle) => (
        <>
          {handle}
          <TypeIcon type={field?.type ?? 'datetime'} className="size-4 shrink-0 text-faint" />
          <span className={cn('min-w-0 flex-1 truncate text-sm', dim && 'text-faint')}>{name}</span>
          {children}
        </>
      )}
    </SortableRow>
  )
}

interface ToggleProps {
  icon: LucideIcon
  label: string
  on: boolean
  disabled?: boolean
  onClick: () => void
}

function Toggle({ icon: Icon, label, on, disabled, onClick }: ToggleProps) {
  return (
    <button type="button" aria-pressed={on} aria-label={label} title={label} disabled={disabled} onClick={onClick} className="grid size-7 shrink-0 place-items-center rounded-md text-faint hover:bg-hover disabled:invisible aria-pressed:bg-accent-soft aria-pressed:text-accent-text">
      <Icon className="size-4" aria-hidden />
    </button>
  )
}
