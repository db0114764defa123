import { Plus, Variable as VariableIcon } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { RowPlaces } from '@/components/ui/simple'
import { EmptyState, NothingFound } from '@/components/ui/states'
import { useCommands } from '@/lib/commands'
import { useUrlState } from '@/lib/use-url-state'
import { useVariables } from './api'
import { VariableTable } from './variable-table'

const VariableDialog = lazy(async () => ({ default: (await import('./variable-dialog')).VariableDialog }))

const NEW = '+'

export function EnvironmentPage() {
  const { t } = useTranslation('environment')
  const variables = useVariables()
  const [search, setSearch] = useUrlState('search')
  const [edited, setEdited] = useUrlState('edit')
  const all = variables.data?.items ?? []
  const found = all.filter((each) => each.key.toLowerCase().includes(search.toLowerCase()))
  const known = all.find((each) => each.key === edited)
  useCommands(useMemo(() => [{ id: 'environment:add', title: t('add'), group: t('title'), icon: Plus, run: () => setEdited(NEW) }], [t, setEdited]))
  const add = <Button variant="primary" onClick={() => setEdited(NEW)}><Plus aria-hidden />{t('add')}</Button>
  return (
    <Page titleHidden title={t('title')} description={t('hint')} actions={all.length > 0 && add} asked={variables}>
      {variables.isPending && <RowPlaces count={4} className="h-10" />}
      {variables.data && all.length === 0 && <EmptyState icon={VariableIcon} title={t('empty.title')} action={add}>{t('empty.hint')}</EmptyState>}
      {all.length > 0 && (
        <>
          <SearchInput value={search} onChange={setSearch} placeholder={t('search')} className="mb-4 sm:max-w-sm" />
          {found.length > 0 ? (
            <VariableTable variables={found} onEdit={setEdited} />
          ) : (
            <NothingFound title={t('notFound.title')} onClear={() => setSearch('')}>{t('notFound.hint', { search })}</NothingFound>
          )}
        </>
      )}
      <Suspense>
        {(edited === NEW || known) && <VariableDialog key={edited} known={known} onClose={() => setEdited('')} />}
      </Suspense>
    </Page>
  )
}
