import { Check, ExternalLink, Minus, Paperclip } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { formatDate, formatDateTime, formatNumber, formatRelative } from '@/lib/format'
import { recordName } from '../lib/names'
import type { Field, Model, RecordData } from '../lib/types'
import { Thumb } from '../record/thumb'

const LONG = 200
const MOST = 4

interface CellProps {
  record: RecordData
  name: string
  field: Field | undefined
  models: readonly Model[]
}

/** A value in a table: short, by its type. */
export function Cell({ record, name, field, models }: CellProps) {
  const value = record[name]
  if (!field) return <Moment value={value} />
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) return <span className="text-faint">–</span>
  switch (field.type) {
    case 'bool':
      return <Flag on={value === true} />
    case 'number':
    case 'float':
      return <span className="tabular">{typeof value === 'number' ? formatNumber(value, 12) : String(value)}</span>
    case 'date':
      return <span className="tabular">{safely(value, (text) => formatDate(`${text}T00:00`))}</span>
    case 'datetime':
      return <span className="tabular">{safely(value, formatDateTime)}</span>
    case 'select':
    case 'multiselect':
      return <Several items={listOf(value)} show={(each) => <Badge key={each}>{each}</Badge>} />
    case 'ref':
      return <Refs record={record} name={name} model={models.find((each) => each.slug === field.options.model)} />
    case 'file':
      return <Several items={listOf(value)} show={(path) => <FileName key={path} path={path} />} />
    case 'url':
      return <Link address={String(value)} />
    case 'document':
      return <span className="font-mono text-xs text-muted">{JSON.stringify(value).slice(0, LONG)}</span>
    case 'text':
      return <>{plain(String(value)).slice(0, LONG)}</>
    default:
      return <>{String(value).slice(0, LONG)}</>
  }
}

function Flag({ on }: { on: boolean }) {
  const { t } = useTranslation('data')
  const Icon = on ? Check : Minus
  return <Icon role="img" className={on ? 'size-4 text-success-text' : 'size-4 text-faint'} aria-label={t(on ? 'control.yes' : 'control.no')} />
}

function Moment({ value }: { value: unknown }) {
  return <span className="tabular text-muted" title={safely(value, formatDateTime)}>{safely(value, formatRelative)}</span>
}

function safely(value: unknown, format: (text: string) => string): string {
  try {
    return typeof value === 'string' ? format(value) : ''
  } catch {
    return String(value)
  }
}

function listOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).map(String)
}

/** Text of an editor without its marks. */
function plain(text: string): string {
  return text.includes('<') ? text.replace(/<[^>]*>/g, ' ').replace(/&nbsp;/g, ' ').replace(/\s+/g, ' ').trim() : text
}

function Several({ items, show }: { items: string[]; show: (item: string) => ReactNode }) {
  return (
    <span className="flex items-center gap-1 overflow-hidden">
      {items.slice(0, MOST).map(show)}
      {items.length > MOST && <span className="text-xs text-muted">+{items.length - MOST}</span>}
    </span>
  )
}

function Refs({ record, name, model }: { record: RecordData; name: string; model: Model | undefined }) {
  const behind = record.expand?.[name]
  const known = new Map((Array.isArray(behind) ? behind : behind ? [behind] : []).map((each) => [each.id, recordName(model, each)]))
  return <Several items={listOf(record[name])} show={(id) => <Badge key={id} tone="accent" title={id}>{known.get(id) ?? `${id.slice(0, 8)}…`}</Badge>} />
}

function FileName({ path }: { path: string }) {
  const name = path.split('/').at(-1) ?? path
  return (
    <Badge title={path}>
      {/\.(png|jpe?g|webp|gif|avif)$/i.test(path) ? <Thumb path={path} className="-ml-1 size-4 rounded-xs" /> : <Paperclip aria-hidden />}
      <span className="truncate">{name}</span>
    </Badge>
  )
}

function Link({ address }: { address: string }) {
  return (
    <span className="flex items-center gap-1">
      <span className="truncate">{address.replace(/^https?:\/\//, '')}</span>
      {/^https?:\/\//.test(address) && (
        <a href={address} target="_blank" rel="noreferrer noopener" tabIndex={-1} className="text-faint hover:text-text" onClick={(event) => event.stopPropagation()} aria-label={address}>
          <ExternalLink className="size-3.5" aria-hidden />
        </a>
      )}
    </span>
  )
}
