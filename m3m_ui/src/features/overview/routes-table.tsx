import { useTranslation } from 'react-i18next'
import { Card, CardHeader } from '@/components/ui/card'
import { cn } from '@/lib/cn'
import { formatDateTime, formatMilliseconds, formatNumber } from '@/lib/format'
import type { Monitor } from './api'
import { type RouteFigures, routesOf } from './series'
import { Grid, GridCell, GridHead } from './grid'

/** How often each route was called, and how it did. */
export function RoutesTable({ monitor }: { monitor: Monitor }) {
  const { t } = useTranslation('overview')
  const routes = routesOf(monitor)
  const most = Math.max(...routes.map((route) => route.hits), 1)
  return (
    <Card className="min-w-0">
      <CardHeader title={t('routes.title')} description={t('routes.since', { time: formatDateTime(monitor.by_route_since) })} />
      {routes.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">{t('routes.none')}</p>
      ) : (
        <Grid label={t('routes.title')}>
          <thead>
            <tr>
              <GridHead>{t('routes.route')}</GridHead>
              <GridHead number>{t('routes.hits')}</GridHead>
              <GridHead number>{t('routes.errors')}</GridHead>
              <GridHead number>p50</GridHead>
              <GridHead number>p95</GridHead>
            </tr>
          </thead>
          <tbody>{routes.map((route) => <Row key={route.route} route={route} share={route.hits / most} />)}</tbody>
        </Grid>
      )}
    </Card>
  )
}

function Row({ route, share }: { route: RouteFigures; share: number }) {
  const [method = '', path = ''] = route.route.split(/ (.*)/)
  return (
    <tr className={cn(route.hits === 0 && 'text-faint')}>
      <GridCell className="min-w-28 sm:min-w-48">
        <div className="flex gap-x-2 font-mono text-xs max-sm:flex-col sm:items-center">
          <span className="shrink-0 text-muted sm:w-13">{method}</span>
          <span className="wrap-anywhere">{path}</span>
        </div>
        <div className="mt-1 h-0.5 rounded-full bg-accent/60" style={{ width: `${share * 100}%` }} aria-hidden />
      </GridCell>
      <GridCell number>{formatNumber(route.hits)}</GridCell>
      <GridCell number className={cn(route.errors > 0 && 'text-danger-text')}>{formatNumber(route.errors)}</GridCell>
      <GridCell number>{route.p50_ms === null ? '–' : formatMilliseconds(route.p50_ms)}</GridCell>
      <GridCell number>{route.p95_ms === null ? '–' : formatMilliseconds(route.p95_ms)}</GridCell>
    </tr>
  )
}
