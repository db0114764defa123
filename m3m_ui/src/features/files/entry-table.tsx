import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ColumnDef, DataTable } from '@/components/data-table'
import { formatBytes, formatDateTime, formatRelative } from '@/lib/format'
import type { Entry } from './api'
import { EntryIcon } from './entry-icon'
import { EntryMenu } from './entry-menu'
import { EntryName } from './entry-name'
import type { Chosen } from './use-chosen'
import type { View } from './use-view'

export interface EntriesProps {
  view: View
  entries: Entry[]
  selection: Chosen
  onSelection: (selection: Chosen) => void
}

type Row = Entry & { id: string }

export function EntryTable({ view, entries, selection, onSelection }: EntriesProps) {
  const { t } = useTranslation('files')
  const rows = useMemo(() => entries.map((entry): Row => ({ ...entry, id: entry.path })), [entries])
  const columns = useMemo<ColumnDef<Row, unknown>[]>(
    () => [
      { id: 'name', header: t('sort.name'), meta: { sort: 'name', className: 'w-full max-w-0' }, cell: ({ row }) => <Name entry={row.original} /> },
      { id: 'size', header: t('size'), meta: { sort: 'size', className: 'max-sm:hidden tabular text-right whitespace-nowrap text-muted' }, cell: ({ row }) => (row.original.is_dir ? '' : formatBytes(row.original.size)) },
      { id: 'updated_at', header: t('changed'), meta: { sort: 'updated_at', className: 'max-sm:hidden whitespace-nowrap text-muted' }, cell: ({ row }) => <Moment at={row.original.updated_at} /> },
      { id: 'menu', header: () => <span className="sr-only">{t('menu.label')}</span>, meta: { className: 'w-10 pl-0' }, cell: ({ row }) => <EntryMenu entry={row.original} /> },
    ],
    [t],
  )
  return (
    <DataTable
      label={t('title')} columns={columns} rows={rows} sort={view.sort} onSort={view.setSort} empty={null}
      selection={selection} onSelection={(change) => onSelection(typeof change === 'function' ? change(selection) : change)}
    />
  )
}

function Name({ entry }: { entry: Entry }) {
  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <EntryIcon entry={entry} />
      <div className="min-w-0">
        <EntryName entry={entry} className="block truncate font-medium hover:text-accent-text" />
        {!entry.is_dir && <span className="block text-xs text-muted sm:hidden">{formatBytes(entry.size)} · {formatRelative(entry.updated_at)}</span>}
      </div>
    </div>
  )
}

function Moment({ at }: { at: string }) {
  return <time dateTime={at} title={formatDateTime(at)}>{formatRelative(at)}</time>
}
