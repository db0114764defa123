import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/components/ui/checkbox'
import { Skeleton } from '@/components/ui/simple'
import { cn } from '@/lib/cn'
import type { Field, Model, RecordData } from '../lib/types'
import { Cell } from './cell'

const PLACES = 8

interface RecordRowProps {
  record: RecordData
  index: number
  columns: readonly string[]
  fields: ReadonlyMap<string, Field>
  models: readonly Model[]
  selected: boolean
  opened: boolean
}

const cellLook = 'h-10 overflow-hidden border-b border-line px-3 text-ellipsis whitespace-nowrap group-hover:bg-hover group-data-[open=true]:bg-hover group-data-[selected=true]:bg-accent-soft'

/** Drawn anew only when something about it has changed: there may be a thousand. Clicks are those of the table. */
export const RecordRow = memo(function RecordRow({ record, index, columns, fields, models, selected, opened }: RecordRowProps) {
  const { t } = useTranslation()
  return (
    <tr
      data-index={index}
      data-selected={selected}
      data-open={opened}
      aria-rowindex={index + 1}
      tabIndex={index === 0 || opened ? 0 : -1}
      className="group cursor-pointer -outline-offset-2"
    >
      <td className={cn(cellLook, 'sticky left-0 z-10 cursor-default bg-surface')} data-selects>
        <Checkbox aria-label={t('selectRow')} checked={selected} />
      </td>
      {columns.map((name, place) => (
        <td key={name} className={cn(cellLook, place === 0 && 'sticky left-10 z-10 bg-surface font-medium shadow-[1px_0_0_var(--line)]')}>
          <Cell record={record} name={name} field={fields.get(name)} models={models} />
        </td>
      ))}
      <td className={cellLook} />
    </tr>
  )
})

/** While the first records are on their way. */
export function PlaceRows({ columns }: { columns: number }) {
  return Array.from({ length: PLACES }, (_, row) => (
    <tr key={row}>
      {Array.from({ length: columns }, (_cell, column) => (
        <td key={column} className="h-10 border-b border-line px-3">
          {column < columns - 1 && <Skeleton className={column === 0 ? 'size-4' : 'h-4 w-2/3'} />}
        </td>
      ))}
    </tr>
  ))
}
