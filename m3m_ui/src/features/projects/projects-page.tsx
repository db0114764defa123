import { FolderPlus, Plus } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { Pagination } from '@/components/ui/pagination'
import { SearchInput } from '@/components/ui/search-input'
import { CardPlace } from '@/components/ui/simple'
import { EmptyState, NothingFound } from '@/components/ui/states'
import { useCommands } from '@/lib/commands'
import { useDebounced } from '@/lib/use-debounced'
import { useLastPage } from '@/lib/use-page'
import { useUrlNumber, useUrlState } from '@/lib/use-url-state'
import { useUrlValues } from '@/lib/use-url-values'
import { rightsOf, useUser } from '@/lib/use-user'
import { useProjects } from './api'
import { ProjectCard } from './project-card'

const CreateDialog = lazy(async () => ({ default: (await import('./create-dialog')).CreateDialog }))

const NEW = '+'

export function ProjectsPage() {
  const { t } = useTranslation('projects')
  const mayCreate = rightsOf(useUser()).createProjects
  const [search, setSearch] = useUrlState('search')
  const [edited] = useUrlState('edit')
  const put = useUrlValues()
  const offered = useMemo(
    () => (mayCreate ? [{ id: 'project:new', title: t('create.title'), group: t('title'), icon: Plus, run: () => put({ edit: NEW }) }] : []),
    [mayCreate, put, t],
  )
  useCommands(offered)
  const [page] = useUrlNumber('page')
  const wanted = useDebounced(search.trim())
  const projects = useProjects(wanted, page)
  const button = mayCreate && (
    <Button variant="primary" onClick={() => put({ edit: NEW })}>
      <Plus aria-hidden />
      {t('create.open')}
    </Button>
  )
  return (
    <Page title={t('title')} actions={button} asked={projects}>
      <SearchInput className="mb-4 sm:max-w-sm" value={search} onChange={setSearch} placeholder={t('search')} />
      <ProjectList found={projects.data} search={wanted} onClear={() => setSearch('')} create={button} />
      <Suspense fallback={null}>{mayCreate && edited === NEW && <CreateDialog onClose={() => put({ edit: '' })} />}</Suspense>
    </Page>
  )
}

const PLACES = 6
const GRID = 'grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3'

interface ProjectListProps {
  found: ReturnType<typeof useProjects>['data']
  search: string
  onClear: () => void
  create: ReactNode
}

function ProjectList({ found, search, onClear, create }: ProjectListProps) {
  const { t } = useTranslation('projects')
  const [, setPage] = useUrlNumber('page')
  const data = useLastPage(found)
  if (!data) {
    return (
      <div className={GRID} aria-busy="true">
        {Array.from({ length: PLACES }, (_, place) => <CardPlace key={place} className="h-38" />)}
      </div>
    )
  }
  if (data.items.length === 0) {
    if (search) return <NothingFound title={t('notFound.title')} onClear={onClear}>{t('notFound.hint', { search })}</NothingFound>
    return <EmptyState icon={FolderPlus} title={t('empty.title')} action={create}>{create ? t('empty.hint') : t('empty.ask')}</EmptyState>
  }
  return (
    <>
      <ul className={GRID}>
        {data.items.map((project) => <ProjectCard key={project.id} project={project} />)}
      </ul>
      <div className="mt-4"><Pagination page={data.page} totalPages={data.total_pages} onPage={setPage} /></div>
    </>
  )
}
