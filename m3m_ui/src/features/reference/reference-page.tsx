import { useTranslation } from 'react-i18next'
import { NavLink, useNavigate, useParams } from 'react-router'
import { Page } from '@/components/page'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import { RowPlaces } from '@/components/ui/simple'
import { NothingFound } from '@/components/ui/states'
import { cn } from '@/lib/cn'
import { useUrlState } from '@/lib/use-url-state'
import { type Module, useModules } from './api'
import { ModuleSection } from './module-section'
import { shown } from './search'

export function ReferencePage() {
  const { t } = useTranslation('reference')
  const modules = useModules()
  const [search, setSearch] = useUrlState('search')
  const name = useParams()['*'] || undefined
  const all = (modules.data?.items ?? []).toSorted((one, other) => one.name.localeCompare(other.name))
  const found = shown(all, name, search)
  return (
    <Page title={t('title')} description={t('hint')} asked={modules}>
      <SearchInput value={search} onChange={setSearch} placeholder={t('search')} className="mb-4 sm:max-w-sm" />
      {modules.isPending && <RowPlaces count={4} className="h-24" />}
      {modules.data && (
        <div className="flex flex-col gap-6 md:flex-row">
          <ModuleList modules={all} shownName={search ? undefined : found[0]?.module.name} />
          <div className="flex min-w-0 flex-1 flex-col gap-10">
            {found.map(({ module, functions }) => <ModuleSection key={module.name} module={module} functions={functions} />)}
            {found.length === 0 && <NothingFound title={t('empty.title')} onClear={() => setSearch('')}>{t('empty.hint')}</NothingFound>}
          </div>
        </div>
      )}
    </Page>
  )
}

/** On narrow screens a select takes the place of the list. */
function ModuleList({ modules, shownName }: { modules: readonly Module[]; shownName: string | undefined }) {
  const { t } = useTranslation('reference')
  const navigate = useNavigate()
  return (
    <>
      <div className="md:hidden">
        <Select
          aria-label={t('modules')} value={shownName ?? ''} placeholder={t('modules')}
          onChange={(name) => void navigate(`/reference/${name}`)}
          options={modules.map(({ name }) => ({ value: name, label: name }))}
        />
      </div>
      <nav aria-label={t('modules')} className="sticky top-4 hidden max-h-[80vh] w-44 shrink-0 self-start overflow-y-auto md:block">
        {modules.map(({ name }) => (
          <NavLink
            key={name} to={`/reference/${name}`}
            className={cn('block rounded-md px-2.5 py-1 font-mono text-sm', name === shownName ? 'bg-accent-soft text-accent-text' : 'text-muted hover:bg-hover hover:text-text')}
          >
            {name}
          </NavLink>
        ))}
      </nav>
    </>
  )
}
