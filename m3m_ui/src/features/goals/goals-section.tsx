import { Target } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { SearchInput } from '@/components/ui/search-input'
import { CardPlace } from '@/components/ui/simple'
import { EmptyState, NothingFound } from '@/components/ui/states'
import { type Goal, useWeek } from './api'
import { GoalCard } from './goal-card'
import type { GoalView } from './use-goal-view'

interface GoalsSectionProps {
  goals: { data: { items: Goal[] } | undefined }
  project: string | undefined
  view: GoalView
  mayChange: boolean
  empty?: { title: string; hint: string; action: ReactNode }
}

const GRID = 'grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3'
/** From so many goals on there is a field to search them. */
const MANY = 7

export function GoalsSection({ goals, project, view, mayChange, empty }: GoalsSectionProps) {
  const { t } = useTranslation('goals')
  const items = goals.data?.items ?? []
  const wanted = empty ? view.search.trim().toLowerCase() : ''
  const found = items.filter((goal) => `${goal.name} ${goal.slug} ${goal.description}`.toLowerCase().includes(wanted))
  const week = useWeek(items, project)
  if (!goals.data) {
    return <div aria-busy="true" className={GRID}>{[1, 2, 3, 4].map((each) => <CardPlace key={each} className="h-40" />)}</div>
  }
  if (items.length === 0) return empty && <EmptyState icon={Target} title={empty.title} action={empty.action}>{empty.hint}</EmptyState>
  return (
    <>
      {empty && (items.length >= MANY || wanted) && <SearchInput className="mb-4 sm:max-w-sm" value={view.search} onChange={view.setSearch} placeholder={t('search')} />}
      {found.length === 0 && <NothingFound title={t('notFound.title')} onClear={() => view.setSearch('')}>{t('notFound.hint', { search: view.search })}</NothingFound>}
      <ul className={GRID}>
        {found.map((goal) => (
          <GoalCard key={goal.id} goal={goal} stats={week.data?.get(goal.id)} failed={week.isError} view={view} mayChange={mayChange} project={project} />
        ))}
      </ul>
    </>
  )
}
