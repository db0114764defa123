import { FileUp, Plus, FilterX, TableProperties } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { EmptyState, ErrorState, NothingFound, WayBack } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { type Command, useCommands } from '@/lib/commands'
import { useProjectSlug } from '@/lib/project'
import { useLastPage } from '@/lib/use-page'
import { useDebounced } from '@/lib/use-debounced'
import type { Model } from '../lib/types'
import { useRecords } from '../records-api'
import { FilterBar } from './filter-bar'
import { Paging } from './paging'
import { RecordsTable } from './records-table'
import { RecordsBar } from './records-bar'
import { Toolbar } from './toolbar'
import { useKeys } from './use-keys'
import { NEW, useView, type View } from './use-view'
import { useViewSettings } from './view-settings'

const RecordSheet = lazy(async () => ({ default: (await import('../record/record-sheet')).RecordSheet }))
const ImportDialog = lazy(async () => ({ default: (await import('./import-dialog')).ImportDialog }))

interface RecordsPageProps {
  model: Model
  models: readonly Model[]
}

export function RecordsPage({ model, models }: RecordsPageProps) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const view = useView()
  const settings = useViewSettings(model)
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const found = useFoundRecords(model, view, settings.columns)
  const { error, isPlaceholderData, refetch } = found
  const data = useLastPage(found.data)
  const filterError = isApiError(error, 400) ? error : undefined
  // while a filter is wrong, what was found before it stays
  const [before, setBefore] = useState(data)
  if (data && data !== before) setBefore(data)
  useKeys(view.open, ids.size > 0 ? () => setIds(new Set()) : undefined)
  usePageCommands(model, view, () => view.setImporting(true))
  const setFilter = (filter: string) => {
    setIds(new Set())
    view.setFilter(filter)
    if (filter === view.filter) void refetch()
  }
  // what is too slow is asked for otherwise; what one may not see is not
  const isClosed = !data && (isApiError(error, 403) || isApiError(error, 404))
  const isNarrowed = view.filter !== '' || view.search !== ''
  const onWidth = useCallback((column: string, width: number) => settings.change({ widths: { ...settings.widths, [column]: width } }), [settings])
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col gap-3">
      {!isClosed && (
        <Toolbar model={model} view={view} settings={settings} onImport={() => view.setImporting(true)} onRefresh={() => void refetch()} refreshing={found.isFetching}>
          <FilterBar key={model.slug} model={model} models={models} value={view.filter} onApply={setFilter} error={filterError} />
        </Toolbar>
      )}
      {error && !filterError && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} back={<WayBack to={`/projects/${project}/data`}>{t('models.title')}</WayBack>} />
      ) : filterError && !data && !before ? (
        <EmptyState icon={FilterX} title={t('records.wrong.title')} action={<Button onClick={() => setFilter('')}>{t('records.none.reset')}</Button>}>{t('records.wrong.hint')}</EmptyState>
      ) : data?.items.length === 0 && !filterError ? (
        isNarrowed || view.page > 1 ? (
          <NothingFound title={t('records.none.title')} clear={t('records.none.reset')} onClear={view.showAll}>{t('records.none.hint')}</NothingFound>
        ) : (
          <EmptyRecords onNew={() => view.open(NEW)} onImport={() => view.setImporting(true)} />
        )
      ) : (
        <RecordsTable
          model={model}
          models={models}
          columns={settings.columns}
          widths={settings.widths}
          onWidth={onWidth}
          records={filterError && !data ? (before?.items ?? []) : data?.items}
          stale={isPlaceholderData}
          sort={view.sort}
          onSort={view.setSort}
          selection={{ ids, set: setIds }}
          opened={view.record}
          onOpen={view.open}
        />
      )}
      <RecordsBar model={model} ids={ids} onClear={() => setIds(new Set())} />
      {data && data.items.length > 0 && <Paging view={view} shown={data.items.length} total={data.total_items} pages={data.total_pages} />}
      <Suspense fallback={null}>
        {view.record !== '' && <RecordSheet key={`${model.slug}:${view.record}:${view.copyOf ?? ''}`} model={model} record={view.record === NEW ? undefined : view.record} copyOf={view.copyOf} onOpen={view.open} />}
        {view.isImporting && <ImportDialog model={model} onClose={() => view.setImporting(false)} />}
      </Suspense>
    </div>
  )
}

/** Only what is shown is asked for: a model may have a hundred fields. */
function useFoundRecords(model: Model, view: View, columns: readonly string[]) {
  const refs = model.fields.filter((field) => field.type === 'ref' && columns.includes(field.key)).map((field) => field.key)
  return useRecords(model.slug, {
    page: view.page,
    per_page: view.perPage,
    sort: view.order,
    filter: view.filter,
    search: useDebounced(view.search.trim()),
    fields: ['id', ...columns].join(','),
    expand: refs.slice(0, 20).join(','),
    skip_total: !view.isCounted,
  })
}

function EmptyRecords({ onNew, onImport }: { onNew: () => void; onImport: () => void }) {
  const { t } = useTranslation('data')
  const action = (
    <div className="flex flex-wrap justify-center gap-2">
      <Button variant="primary" onClick={onNew}><Plus aria-hidden />{t('records.new')}</Button>
      <Button onClick={onImport}><FileUp aria-hidden />{t('import.open')}</Button>
    </div>
  )
  return <EmptyState icon={TableProperties} title={t('records.empty.title')} action={action}>{t('records.empty.hint')}</EmptyState>
}

function usePageCommands(model: Model, view: View, onImport: () => void): void {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const navigate = useNavigate()
  const { open } = view
  const offered = useMemo<Command[]>(
    () => [
      { id: 'data:new', title: t('records.new'), group: model.name, icon: Plus, run: () => open(NEW) },
      { id: 'data:import', title: t('import.open'), group: model.name, icon: FileUp, run: onImport },
      { id: 'data:model', title: t('builder.edit'), group: model.name, icon: TableProperties, run: () => void navigate(`/projects/${project}/data/${model.slug}/model`) },
    ],
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what opens the dialog does the same each time
    [model, navigate, open, project, t],
  )
  useCommands(offered)
}
