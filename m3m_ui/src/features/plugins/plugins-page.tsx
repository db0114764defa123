import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { SearchInput } from '@/components/ui/search-input'
import { CardPlace } from '@/components/ui/simple'
import { NothingFound } from '@/components/ui/states'
import { useUrlState } from '@/lib/use-url-state'
import { useUser } from '@/lib/use-user'
import { type Plugin, usePlugins } from './api'
import { PluginCard } from './plugin-card'

const OFF_FIRST = (one: Plugin, other: Plugin) => Number(one.state === 'on') - Number(other.state === 'on') || one.name.localeCompare(other.name)

export function PluginsPage() {
  const { t } = useTranslation('plugins')
  const plugins = usePlugins()
  const mayReload = useUser().is_root
  const [search, setSearch] = useUrlState('search')
  const wanted = search.toLowerCase()
  const found = (plugins.data?.items ?? []).filter((each) => `${each.name} ${each.description}`.toLowerCase().includes(wanted))
  return (
    <Page title={t('title')} description={t('hint')} asked={plugins}>
      <SearchInput value={search} onChange={setSearch} placeholder={t('search')} className="mb-4 sm:max-w-sm" />
      {plugins.isPending && <Loading />}
      {plugins.data && found.length === 0 && <NothingFound title={t('empty.title')} onClear={() => setSearch('')}>{t('empty.hint')}</NothingFound>}
      <ul className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
        {found.sort(OFF_FIRST).map((each) => <PluginCard key={each.name} plugin={each} mayReload={mayReload} />)}
      </ul>
    </Page>
  )
}

function Loading() {
  return (
    <div className="grid grid-cols-1 gap-3 md:grid-cols-2 xl:grid-cols-3">
      {Array.from({ length: 9 }, (_, index) => <CardPlace key={index} className="h-36" />)}
    </div>
  )
}
