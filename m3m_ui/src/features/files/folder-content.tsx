import { FolderOpen } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Pagination } from '@/components/ui/pagination'
import { CardPlace, RowPlaces } from '@/components/ui/simple'
import { EmptyState, NothingFound } from '@/components/ui/states'
import { formatBytes } from '@/lib/format'
import type { Entry } from './api'
import type { Chosen as Dropped } from './dropped'
import { EntryGrid } from './entry-grid'
import { EntryTable } from './entry-table'
import { listed } from './listing'
import { EntriesBar } from './entries-bar'
import { UploadButton } from './toolbar'
import { useKeys } from './use-keys'
import type { Chosen } from './use-chosen'
import type { View } from './use-view'

const PER_PAGE = 200

interface FolderContentProps {
  view: View
  data: { items: Entry[]; total: number } | undefined
  selection: Chosen
  onSelection: (selection: Chosen) => void
  onFiles: (files: readonly Dropped[]) => void
}

export function FolderContent({ view, data, selection, onSelection, onFiles }: FolderContentProps) {
  const { t } = useTranslation('files')
  const found = listed(data?.items ?? [], view.search, view.sort)
  const shown = found.slice((view.page - 1) * PER_PAGE, view.page * PER_PAGE)
  const chosen = found.filter((entry) => selection[entry.path])
  const keys = useKeys({ entries: shown, chosen, view, onSelection })
  if (!data) return <Loading view={view.view} />
  if (data.items.length === 0) {
    return <EmptyState icon={FolderOpen} title={t('empty.title')} action={<UploadButton onFiles={onFiles} />}>{t('empty.hint')}</EmptyState>
  }
  if (found.length === 0) return <NothingFound title={t('notFound.title')} onClear={() => view.setSearch('')}>{t('notFound.hint', { search: view.search })}</NothingFound>
  const Shown = view.view === 'grid' ? EntryGrid : EntryTable
  const size = found.reduce((sum, entry) => sum + entry.size, 0)
  return (
    <div onKeyDown={keys}>
      <Shown view={view} entries={shown} selection={selection} onSelection={onSelection} />
      <div className="mt-3 flex flex-wrap items-center justify-between gap-3 text-xs text-muted">
        <span>
          {t('count', { count: found.length })}
          {size > 0 && ` · ${formatBytes(size)}`}
          {data.total > data.items.length && ` · ${t('cut', { count: data.total })}`}
        </span>
        <Pagination page={view.page} totalPages={Math.ceil(found.length / PER_PAGE)} onPage={view.setPage} />
      </div>
      {chosen.length > 0 && <EntriesBar chosen={chosen} onClear={() => onSelection({})} />}
    </div>
  )
}

function Loading({ view }: { view: 'list' | 'grid' }) {
  if (view === 'list') return <div aria-busy="true"><RowPlaces count={8} className="h-10" /></div>
  return (
    <div aria-busy="true" className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))]">
      {Array.from({ length: 8 }, (_, place) => <CardPlace key={place} className="h-40" />)}
    </div>
  )
}
