import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { Tooltip } from '@/components/ui/tooltip'
import { formatNumber } from '@/lib/format'
import { useProjectSlug } from '@/lib/project'
import { useUrlState } from '@/lib/use-url-state'
import type { ListedModel } from '../lib/types'

const SEARCH_FROM = 12

/** The models beside the records, on wide screens. */
export function ModelList({ models }: { models: readonly ListedModel[] }) {
  const { t } = useTranslation(['data', 'common'])
  const project = useProjectSlug()
  const [search, setSearch] = useUrlState('models')
  const wanted = search.trim().toLowerCase()
  const found = models.filter((model) => `${model.name} ${model.slug}`.toLowerCase().includes(wanted))
  return (
    <nav aria-label={t('models.title')} className="flex min-h-0 w-56 shrink-0 flex-col gap-1 border-r border-line pr-4 max-lg:hidden">
      <div className="flex h-8 items-center justify-between">
        <Link to={`/projects/${project}/data`} className="rounded-sm text-xs font-medium text-muted hover:text-text">{t('models.title')}</Link>
        <Tooltip text={t('models.new')}>
          <Button asChild variant="ghost" size="icon-sm">
            <Link to={`/projects/${project}/data/new-model`} aria-label={t('models.new')}><Plus aria-hidden /></Link>
          </Button>
        </Tooltip>
      </div>
      {models.length >= SEARCH_FROM && <SearchInput className="mb-1" value={search} onChange={setSearch} placeholder={t('models.search')} />}
      {found.length === 0 && <Button variant="link" size="sm" className="self-start px-1.5" onClick={() => setSearch('')}>{t('common:showAll')}</Button>}
      <ul className="-mx-2 min-h-0 flex-1 overflow-y-auto px-0.5">
        {found.map((model) => (
          <li key={model.id}>
            <NavLink
              to={`/projects/${project}/data/${model.slug}${search ? `?models=${encodeURIComponent(search)}` : ''}`}
              className="flex h-8 items-center justify-between gap-2 rounded-md px-1.5 text-sm text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent-text"
            >
              <span className="truncate" title={model.slug}>{model.name}</span>
              <span className="tabular text-xs text-faint">{formatNumber(model.record_count)}</span>
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
