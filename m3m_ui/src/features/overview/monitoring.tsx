import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Card, CardHeader } from '@/components/ui/card'
import { Skeleton } from '@/components/ui/simple'
import { formatBytes, formatMilliseconds, formatNumber, formatPercent } from '@/lib/format'
import type { Slot } from './api'
import { type Series, seriesOf, summaryOf } from './series'
import { TimeChart } from './time-chart'

const FORMATS: Record<Series['name'], (value: number) => string> = {
  cpu: (value) => formatPercent(value),
  memory: formatBytes,
  requests: (value) => formatNumber(value),
  errors: (value) => formatNumber(value),
  latency: formatMilliseconds,
  lag: formatMilliseconds,
}
const PERCENTILES = ['p95', 'p50']
const PLACES = 6
const GRID = 'grid grid-cols-2 gap-px overflow-hidden rounded-b-lg border-t border-line bg-line xl:grid-cols-3'

/** The last 24 hours. */
export function Monitoring({ slots }: { slots: readonly Slot[] }) {
  const { t } = useTranslation('overview')
  const series = useMemo(() => seriesOf(slots), [slots])
  const times = useMemo(() => slots.map((slot) => slot.at), [slots])
  return (
    <Card>
      <CardHeader title={t('monitoring.title')} description={t('monitoring.hint')} />
      <div className={GRID}>
        {series.map((each) => {
          const isCount = each.name === 'requests' || each.name === 'errors'
          return (
            <TimeChart
              key={each.name}
              name={t(`monitoring.${each.name}`)}
              legend={each.name === 'latency' ? PERCENTILES : undefined}
              lines={each.lines}
              times={times}
              summary={summaryOf(each)}
              summaryNote={t(isCount ? 'monitoring.day' : 'monitoring.last')}
              least={each.least}
              danger={each.name === 'errors' && summaryOf(each).some(Boolean)}
              format={FORMATS[each.name]}
            />
          )
        })}
      </div>
    </Card>
  )
}

export function MonitoringPlace() {
  return (
    <Card aria-busy>
      <div className="flex h-16 flex-col justify-center gap-2 px-4">
        <Skeleton className="h-4 w-28" />
        <Skeleton className="h-3.5 w-56" />
      </div>
      <div className={GRID}>
        {Array.from({ length: PLACES }, (_, place) => (
          <div key={place} className="h-[123px] bg-surface px-3 py-3 sm:px-4">
            <Skeleton className="h-4 w-20" />
            <Skeleton className="mt-2 h-5 w-14" />
          </div>
        ))}
      </div>
    </Card>
  )
}
