import { ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { EmptyState, ErrorState, NothingFound } from '@/components/ui/states'
import { useProjectSlug, useStatus } from '@/lib/project'
import { useDebounced } from '@/lib/use-debounced'
import { useUrlState } from '@/lib/use-url-state'
import { type Filter, levelOf } from './entries'
import { LogPlace, LogView } from './log-view'
import { Actions, FilterBar } from './toolbar'
import { useLog } from './use-log'
import { useWrap } from './use-wrap'

export function LogsPage() {
  const { t } = useTranslation('logs')
  const project = useProjectSlug()
  const [level, setLevel] = useUrlState('level')
  const [search, setSearch] = useUrlState('search')
  const wanted = useDebounced(search)
  const filter = { level: levelOf(level), search: wanted }
  const [, setAddress] = useSearchParams()
  return (
    <Page wide titleHidden title={t('title')}>
      {/* the filter stays, with the focus in it, while another log is shown below */}
      <div className="grid min-h-0 flex-1 grid-cols-[1fr_auto] grid-rows-[auto_1fr] gap-x-2 gap-y-3 max-sm:grid-rows-[auto_auto_1fr]">
        <FilterBar level={filter.level} onLevel={setLevel} search={search} onSearch={setSearch} />
        <Log key={JSON.stringify([project, filter])} project={project} filter={filter} onClear={() => setAddress({}, { replace: true })} />
      </div>
    </Page>
  )
}

function Log({ project, filter, onClear }: { project: string; filter: Filter; onClear: () => void }) {
  const { book, pause, phase, error, retry, loadOlder, isLoadingOlder } = useLog(project, filter)
  const [wrap, setWrap] = useWrap()
  const isFiltered = filter.level !== '' || filter.search !== ''
  return (
    <>
      {phase !== 'failed' && <Actions phase={phase} isPaused={book.isPaused} held={book.held} onPause={pause} wrap={wrap} onWrap={setWrap} />}
      <div className="col-span-2 flex min-h-0 flex-col">
        {phase === 'failed' && <ErrorState error={error} onRetry={retry} />}
        {phase === 'loading' && book.entries.length === 0 && <LogPlace />}
        {(phase === 'live' || phase === 'lost' || (phase === 'loading' && book.entries.length > 0)) && (
          <LogView
            book={book}
            search={filter.search}
            wrap={wrap}
            isLoadingOlder={isLoadingOlder}
            loadOlder={loadOlder}
            empty={isFiltered ? <NoSuchLines onClear={onClear} /> : <NothingYet project={project} />}
          />
        )}
      </div>
    </>
  )
}

function NoSuchLines({ onClear }: { onClear: () => void }) {
  const { t } = useTranslation('logs')
  return <NothingFound title={t('notFound.title')} clear={t('notFound.clear')} onClear={onClear}>{t('notFound.hint')}</NothingFound>
}

function NothingYet({ project }: { project: string }) {
  const { t } = useTranslation('logs')
  const { data: run } = useStatus()
  if (run?.run_id) return <EmptyState icon={ScrollText} title={t('quiet.title')}>{t('quiet.hint')}</EmptyState>
  const start = <Button asChild><Link to={`/projects/${project}`}>{t('never.start')}</Link></Button>
  return <EmptyState icon={ScrollText} title={t('never.title')} action={start}>{t('never.hint')}</EmptyState>
}
