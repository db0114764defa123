import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/lib/cn'
import { type Field, isMany, type Model, type RecordData, typeOf } from '../lib/types'
import { ColumnHead } from './column-head'
import { PlaceRows, RecordRow } from './record-row'

/** Height of a row in pixels; each is as high as the others. */
const ROW = 40
/** Fewer rows are drawn all at once. */
const VIRTUAL_FROM = 100
const SELECTION_WIDTH = 40

export interface Selection {
  ids: ReadonlySet<string>
  set: (ids: ReadonlySet<string>) => void
}

interface RecordsTableProps {
  model: Model
  models: readonly Model[]
  columns: readonly string[]
  widths: Record<string, number>
  onWidth: (column: string, width: number) => void
  /** undefined while the first are being loaded. */
  records: readonly RecordData[] | undefined
  stale: boolean
  sort: string
  onSort: (sort: string) => void
  selection: Selection
  opened: string
  onOpen: (id: string) => void
}

export function RecordsTable({ model, models, columns, widths, onWidth, records, stale, sort, onSort, selection, opened, onOpen }: RecordsTableProps) {
  const { t } = useTranslation(['data', 'common'])
  const frame = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const wanted = useRef<number>(undefined)
  const rows = records ?? []
  const isVirtual = rows.length > VIRTUAL_FROM
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => frame.current, estimateSize: () => ROW, overscan: 12, enabled: isVirtual })
  const drawn = isVirtual ? virtual.getVirtualItems().map((item) => item.index) : rows.map((_, index) => index)
  const above = isVirtual ? (drawn[0] ?? 0) * ROW : 0
  const below = isVirtual ? (rows.length - 1 - (drawn.at(-1) ?? -1)) * ROW : 0
  const fields = useMemo(() => new Map(model.fields.map((field) => [field.key, field])), [model])
  const width = (name: string) => widths[name] ?? usualWidth(fields.get(name))
  useEffect(() => {
    // in braces: browsers have begun to return a promise, which is no clean-up
    frame.current?.scrollTo(0, 0)
  }, [records])

  /** Now if it is drawn, else as soon as it is. */
  const focusWanted = () => {
    const row = wanted.current === undefined ? undefined : body.current?.querySelector<HTMLElement>(`tr[data-index="${wanted.current}"]`)
    if (!row) return
    wanted.current = undefined
    row.focus()
  }
  useEffect(focusWanted)

  const move = (event: KeyboardEvent) => {
    const row = (event.target as HTMLElement).closest('tr')
    if (!row || event.target !== row) return
    const index = Number(row.dataset.index)
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -rows.length, End: rows.length }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      const next = Math.min(Math.max(index + step, 0), rows.length - 1)
      wanted.current = next
      focusWanted()
      if (wanted.current !== undefined) virtual.scrollToIndex(next)
    } else if (event.key === 'Enter') onOpen(rows[index]?.id ?? '')
    else if (event.key === ' ') {
      event.preventDefault()
      toggle(rows[index]?.id ?? '')
    }
  }
  const toggle = (id: string) => {
    const next = new Set(selection.ids)
    if (!next.delete(id)) next.add(id)
    selection.set(next)
  }
  const click = (event: MouseEvent) => {
    const target = event.target as HTMLElement
    const id = rows[Number(target.closest('tr')?.dataset.index)]?.id
    if (id === undefined) return
    if (!target.closest('[data-selects]')) onOpen(id)
    else if (target.closest('[role=checkbox]')) toggle(id)
  }
  const chosen = rows.filter((record) => selection.ids.has(record.id)).length
  const toggleAll = () => {
    const next = new Set(selection.ids)
    for (const { id } of rows) {
      if (chosen === rows.length) next.delete(id)
      else next.add(id)
    }
    selection.set(next)
  }
  return (
    <div ref={frame} role="group" tabIndex={-1} aria-label={model.name} className="min-h-64 flex-1 overflow-auto overscroll-x-contain rounded-lg border border-line bg-surface">
      <table className="table-fixed border-separate border-spacing-0 text-sm" style={{ width: `max(100%, ${SELECTION_WIDTH + columns.reduce((sum, name) => sum + width(name), 0)}px)` }} aria-label={model.name} aria-busy={records === undefined || stale} aria-rowcount={rows.length}>
        <colgroup>
          <col style={{ width: SELECTION_WIDTH }} />
          {columns.map((name) => <col key={name} style={{ width: width(name) }} />)}
          <col />
        </colgroup>
        <thead>
          <tr>
            <th scope="col" className="sticky top-0 left-0 z-20 h-9 border-b border-line bg-subtle px-3 text-left">
              <Checkbox aria-label={t('common:selectAll')} disabled={rows.length === 0} checked={chosen === 0 ? false : chosen === rows.length || 'indeterminate'} onCheckedChange={toggleAll} />
            </th>
            {columns.map((name, index) => (
              <ColumnHead
                key={name}
                field={fields.get(name)}
                name={name}
                first={index === 0}
                sortable={isSortable(model, name, fields.get(name))}
                sort={sort}
                onSort={onSort}
                width={width(name)}
                onWidth={(next) => onWidth(name, next)}
              />
            ))}
            <th aria-hidden className="sticky top-0 z-10 border-b border-line bg-subtle" />
          </tr>
        </thead>
        <tbody ref={body} className={cn('transition-opacity', stale && 'opacity-60')} onKeyDown={move} onClick={click}>
          {records === undefined && <PlaceRows columns={columns.length + 2} />}
          {above > 0 && <tr aria-hidden style={{ height: above }} />}
          {drawn.map((index) => {
            const record = rows[index]
            return record && (
              <RecordRow
                key={record.id}
                record={record}
                index={index}
                columns={columns}
                fields={fields}
                models={models}
                selected={selection.ids.has(record.id)}
                opened={record.id === opened}
              />
            )
          })}
          {below > 0 && <tr aria-hidden style={{ height: below }} />}
        </tbody>
      </table>
    </div>
  )
}

function isSortable(model: Model, name: string, field: Field | undefined): boolean {
  const named = model.table_config.sort_columns ?? []
  if (named.length > 0) return named.includes(name)
  return field === undefined || (!isMany(field) && field.type !== 'document')
}

function usualWidth(field: Field | undefined): number {
  if (!field) return 140
  const width = { bool: 90, number: 110, float: 110, date: 130, datetime: 180, text: 260, document: 240, email: 200, url: 200 }
  return Math.max(width[typeOf(field) as keyof typeof width] ?? 180, Math.min((field.label || field.key).length * 8 + 52, 260))
}
