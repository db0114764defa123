import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Skeleton } from '@/components/ui/simple'
import { Sparkline } from '@/components/ui/sparkline'
import { Tooltip } from '@/components/ui/tooltip'
import { colorValue } from '@/lib/colors'
import { formatNumber } from '@/lib/format'
import type { Goal, Stats } from './api'
import { GoalMenu } from './goal-menu'
import { IncrementForm } from './increment-form'
import type { GoalView } from './use-goal-view'

interface GoalCardProps {
  goal: Goal
  stats: Stats | undefined
  failed: boolean
  view: GoalView
  mayChange: boolean
  project: string | undefined
}

export function GoalCard({ goal, stats, failed, view, mayChange, project }: GoalCardProps) {
  const { t } = useTranslation('goals')
  const { search } = useLocation()
  const query = new URLSearchParams(search)
  query.set('goal', goal.id)
  return (
    <li className="relative flex min-h-40 flex-col rounded-lg border border-line bg-surface p-4 shadow-card transition-shadow hover:border-line-strong hover:shadow-raised">
      <div className="flex items-center gap-2.5">
        <span className="size-2.5 shrink-0 rounded-[3px]" style={{ background: colorValue(goal.color) }} aria-hidden />
        <h3 className="min-w-0 flex-1 truncate text-base font-semibold">
          <Link
            to={{ search: query.toString() }} preventScrollReset className="rounded-sm after:absolute after:inset-0 after:rounded-lg"
          >
            {goal.name}
          </Link>
        </h3>
        <div className="relative z-10 -my-1 -mr-1.5 flex">
          <AddTo goal={goal} project={project} />
          {mayChange && <GoalMenu goal={goal} onEdit={() => view.edit(goal.id)} project={goal.project_ref === null ? undefined : project} />}
        </div>
      </div>
      <p className="flex items-center gap-2 pl-5">
        <span className="truncate font-mono text-xs text-faint">{goal.slug}</span>
        <Badge>{t(`types.${goal.type}`)}</Badge>
      </p>
      {goal.description && <p className="mt-2 line-clamp-2 text-sm wrap-anywhere text-muted">{goal.description}</p>}
      <Figures goal={goal} stats={stats} failed={failed} />
    </li>
  )
}

function Figures({ goal, stats, failed }: { goal: Goal; stats: Stats | undefined; failed: boolean }) {
  const { t } = useTranslation('goals')
  if (!stats) return <div className="mt-auto pt-3">{failed ? <p className="text-sm text-muted">{t('noFigures')}</p> : <Skeleton className="h-10 w-2/3" />}</div>
  const daily = goal.type === 'daily_counter'
  const values = stats.points.map(({ value }) => value)
  return (
    <div className="mt-auto flex items-end gap-4 pt-3">
      <dl className="flex shrink-0 gap-5">
        {daily && <Figure name={t('today')} value={values.at(-1) ?? 0} />}
        <Figure name={t(daily ? 'week' : 'total')} value={stats.total} />
      </dl>
      {daily && (
        <div className="min-w-0 flex-1" style={{ color: colorValue(goal.color) }}>
          <Sparkline values={values} label={t('weekOf', { name: goal.name })} className="ml-auto h-9 max-w-40 text-inherit" />
        </div>
      )}
    </div>
  )
}

function Figure({ name, value }: { name: string; value: number }) {
  return (
    <div>
      <dt className="text-xs text-muted">{name}</dt>
      <dd className="tabular text-xl font-semibold">{formatNumber(value)}</dd>
    </div>
  )
}

function AddTo({ goal, project }: { goal: Goal; project: string | undefined }) {
  const { t } = useTranslation('goals')
  const name = t('increment.of', { name: goal.name })
  return (
    <Popover>
      <Tooltip text={t('increment.title')}>
        <PopoverTrigger asChild><Button size="icon-sm" variant="ghost" aria-label={name}><Plus aria-hidden /></Button></PopoverTrigger>
      </Tooltip>
      <PopoverContent align="end" aria-label={name}><IncrementForm goal={goal} project={project} /></PopoverContent>
    </Popover>
  )
}
