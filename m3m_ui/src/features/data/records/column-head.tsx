import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import { TypeIcon } from '../lib/type-icon'
import { type Field, labelOf } from '../lib/types'
import { useColumnName } from './use-column-name'

const NARROWEST = 72
const WIDEST = 900
const STEP = 16

interface ColumnHeadProps {
  name: string
  field: Field | undefined
  first: boolean
  sortable: boolean
  sort: string
  onSort: (sort: string) => void
  width: number
  onWidth: (width: number) => void
}

export function ColumnHead({ name, field, first, sortable, sort, onSort, width, onWidth }: ColumnHeadProps) {
  const { t } = useTranslation('data')
  const columnName = useColumnName()
  const label = field ? labelOf(field) : columnName(name)
  const parts = sort === '' ? [] : sort.split(',')
  const direction = parts.includes(name) ? 'ascending' : parts.includes(`-${name}`) ? 'descending' : 'none'
  const Arrow = direction === 'descending' ? ArrowDown : ArrowUp
  const turn = (event: MouseEvent) => {
    const next = { none: [name], ascending: [`-${name}`], descending: [] }[direction]
    const others = parts.filter((part) => part !== name && part !== `-${name}`)
    onSort((event.shiftKey ? [...others, ...next] : next).join(','))
  }
  const inside = (
    <>
      <TypeIcon type={field?.type ?? 'datetime'} className="size-3.5 shrink-0 text-faint" />
      <span className="truncate">{label}</span>
    </>
  )
  return (
    <th
      scope="col"
      aria-sort={sortable ? direction : undefined}
      title={label === name ? undefined : name}
      className={cn('group sticky top-0 h-9 border-b border-line bg-subtle px-3 text-left text-xs font-medium text-muted', first ? 'left-10 z-20' : 'z-10')}
    >
      {sortable ? (
        <button type="button" className="-mx-1 flex max-w-full items-center gap-1.5 rounded-sm px-1 hover:text-text" onClick={turn}>
          {inside}
          <Arrow className={cn('size-3.5 shrink-0', direction === 'none' && 'opacity-0 group-hover:opacity-50')} aria-hidden />
        </button>
      ) : (
        <span className="flex items-center gap-1.5">{inside}</span>
      )}
      <WidthHandle label={t('records.width', { column: label })} width={width} onWidth={onWidth} />
    </th>
  )
}

interface WidthHandleProps {
  label: string
  width: number
  onWidth: (width: number) => void
}

function WidthHandle({ label, width, onWidth }: WidthHandleProps) {
  const set = (next: number) => onWidth(Math.round(Math.min(Math.max(next, NARROWEST), WIDEST)))
  const drag = (event: PointerEvent) => {
    event.preventDefault()
    const handle = event.currentTarget
    const start = event.clientX
    handle.setPointerCapture(event.pointerId)
    const move = (now: Event) => set(width + (now as globalThis.PointerEvent).clientX - start)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
  }
  const press = (event: KeyboardEvent) => {
    const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key]
    if (step === undefined) return
    event.preventDefault()
    set(width + step)
  }
  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      tabIndex={0}
      className="absolute inset-y-1 -right-1 z-10 w-2 cursor-col-resize touch-none rounded-sm hover:bg-line-strong focus-visible:bg-ring"
      onPointerDown={drag}
      onKeyDown={press}
    />
  )
}
