import { Database, Plus, Settings2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Page } from '@/components/page'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { CardPlace } from '@/components/ui/simple'
import { EmptyState, NothingFound } from '@/components/ui/states'
import { Tooltip } from '@/components/ui/tooltip'
import { formatNumber } from '@/lib/format'
import { useProjectSlug } from '@/lib/project'
import { useUrlState } from '@/lib/use-url-state'
import { useModels } from '../api'
import { TypeIcon } from '../lib/type-icon'
import { labelOf, type ListedModel } from '../lib/types'

const PLACES = 3
const SHOWN = 6
const GRID = 'grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3'

export function ModelsPage() {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const models = useModels()
  const { data } = models
  const [search, setSearch] = useUrlState('models')
  const create = (
    <Button asChild variant="primary">
      <Link to={`/projects/${project}/data/new-model`}><Plus aria-hidden />{t('models.new')}</Link>
    </Button>
  )
  if (data?.items.length === 0) {
    return (
      <Page titleHidden title={t('title')}>
        <EmptyState icon={Database} title={t('models.empty.title')} action={create}>{t('models.empty.hint')}</EmptyState>
      </Page>
    )
  }
  const found = data?.items.filter((model) => `${model.name} ${model.slug}`.toLowerCase().includes(search.trim().toLowerCase()))
  return (
    <Page titleHidden title={t('title')} asked={models}>
      <div className="mb-4 flex items-center justify-between gap-2">
        <SearchInput className="w-72 min-w-0" value={search} onChange={setSearch} placeholder={t('models.search')} />
        {create}
      </div>
      <div className={GRID} aria-busy={!found}>
        {found?.map((model) => <ModelCard key={model.id} model={model} />) ?? Array.from({ length: PLACES }, (_, place) => <CardPlace key={place} className="h-32" />)}
      </div>
      {found?.length === 0 && <NothingFound title={t('models.none.title')} onClear={() => setSearch('')}>{t('models.none.hint', { search })}</NothingFound>}
    </Page>
  )
}

function ModelCard({ model }: { model: ListedModel }) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  return (
    <article className="relative flex flex-col rounded-lg border border-line bg-surface p-4 shadow-card transition-colors focus-within:border-ring hover:border-line-strong">
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0">
          <h2 className="truncate text-base font-semibold">
            <Link to={`/projects/${project}/data/${model.slug}`} className="outline-none after:absolute after:inset-0 after:rounded-lg">{model.name}</Link>
          </h2>
          <p className="truncate font-mono text-xs text-faint">{model.slug}</p>
        </div>
        <Tooltip text={t('builder.edit')}>
          <Button asChild variant="ghost" size="icon-sm" className="relative z-10 -mt-1 -mr-1">
            <Link to={`/projects/${project}/data/${model.slug}/model`} aria-label={t('models.settings', { name: model.name })}><Settings2 aria-hidden /></Link>
          </Button>
        </Tooltip>
      </div>
      <ul className="mt-3 flex flex-wrap gap-1">
        {model.fields.slice(0, SHOWN).map((field) => (
          <li key={field.key} className="min-w-0"><Badge><TypeIcon type={field.type} /><span className="truncate">{labelOf(field)}</span></Badge></li>
        ))}
        {model.fields.length > SHOWN && <li className="text-xs leading-5 text-muted">+{model.fields.length - SHOWN}</li>}
      </ul>
      <p className="tabular mt-auto pt-3 text-sm text-muted">
        {t('models.records', { count: model.record_count, number: formatNumber(model.record_count) })}
        <span className="text-faint"> · {t('models.fields', { count: model.fields.length })}</span>
      </p>
    </article>
  )
}
