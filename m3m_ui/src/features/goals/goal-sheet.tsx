import { Download } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { cn } from '@/lib/cn'
import { colorValue } from '@/lib/colors'
import { formatNumber } from '@/lib/format'
import { saveAs } from '@/lib/save-as'
import { type Asked, type Goal, type Stats, useStats } from './api'
import { csvOf, dayName, wrongPeriod } from './period'
import { PeriodForm } from './period-form'
import type { GoalView } from './use-goal-view'

const Chart = lazy(async () => ({ default: (await import('./chart')).Chart }))

interface GoalSheetProps {
  goal: Goal
  project: string | undefined
  view: GoalView
}

export function GoalSheet({ goal, project, view }: GoalSheetProps) {
  const { t } = useTranslation('goals')
  const asked: Asked = { ...view.asked, project: project ?? view.asked.project }
  const wrong = wrongPeriod(asked.from, asked.to)
  return (
    <Sheet open onOpenChange={view.close}>
      <SheetContent title={goal.name} className="max-w-3xl">
        <div className="flex flex-col gap-5 p-4">
          <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
            <span className="size-2.5 shrink-0 rounded-[3px]" style={{ background: colorValue(goal.color) }} aria-hidden />
            <span className="font-mono text-xs">{goal.slug}</span>
            <span>· {t(`types.${goal.type}`)}</span>
          </p>
          {goal.description && <p className="text-sm wrap-anywhere whitespace-pre-line">{goal.description}</p>}
          <PeriodForm goal={goal} asked={asked} wrong={wrong} fixedProject={project !== undefined} onAsk={view.ask} />
          {!wrong && <Shown goal={goal} asked={asked} />}
        </div>
      </SheetContent>
    </Sheet>
  )
}

function Shown({ goal, asked }: { goal: Goal; asked: Asked }) {
  const { t } = useTranslation('goals')
  const { data, error, refetch, isPlaceholderData } = useStats(goal, asked)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton className="h-80" />
  return (
    <section aria-label={t('figures')} aria-busy={isPlaceholderData} className={cn('flex flex-col gap-4 transition-opacity', isPlaceholderData && 'opacity-60')}>
      <div className="flex items-end justify-between gap-4">
        <Totals goal={goal} stats={data} />
        {data.points.length > 0 && <Button size="sm" onClick={() => saveAs(new Blob([csvOf(data.points)], { type: 'text/csv' }), `${goal.slug}.csv`)}><Download aria-hidden />CSV</Button>}
      </div>
      {data.points.length > 0 && (
        <>
          <Suspense fallback={<Skeleton className="h-64" />}>
            <Chart points={data.points} color={goal.color} label={t('chartOf', { name: goal.name })} />
          </Suspense>
          <Values stats={data} />
        </>
      )}
    </section>
  )
}

function Totals({ goal, stats }: { goal: Goal; stats: Stats }) {
  const { t } = useTranslation('goals')
  const best = stats.points.reduce<Stats['points'][number] | undefined>((most, each) => (each.value > (most?.value ?? 0) ? each : most), undefined)
  return (
    <dl className="flex gap-5 sm:gap-8">
      <div>
        <dt className="text-xs whitespace-nowrap text-muted">{t(goal.type === 'counter' ? 'total' : 'inPeriod')}</dt>
        <dd className="tabular text-2xl font-semibold">{formatNumber(stats.total)}</dd>
      </div>
      {best && (
        <div>
          <dt className="text-xs text-muted">{t('most')}</dt>
          <dd className="tabular flex flex-wrap items-baseline gap-x-2 text-2xl font-semibold">
            {formatNumber(best.value)} <span className="text-sm font-normal whitespace-nowrap text-muted">{dayName(best.date)}</span>
          </dd>
        </div>
      )}
    </dl>
  )
}

/** The same for those who cannot see the chart, and for exact numbers. */
function Values({ stats }: { stats: Stats }) {
  const { t } = useTranslation('goals')
  return (
    <details className="text-sm">
      <summary className="w-fit cursor-pointer rounded-sm text-muted hover:text-text">{t('values')}</summary>
      <table className="tabular mt-2 w-full max-w-xs">
        <tbody>
          {[...stats.points].reverse().map(({ date, value }) => (
            <tr key={date} className="border-b border-line last:border-0">
              <th scope="row" className="py-1 text-left font-normal text-muted">{dayName(date)}</th>
              <td className="py-1 text-right">{formatNumber(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}