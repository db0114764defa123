import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Card, CardHeader } from '@/components/ui/card'
import { formatDateTime, formatMilliseconds, formatNumber, formatRelative } from '@/lib/format'
import type { Job } from './api'
import { Grid, GridCell, GridHead } from './grid'

/** What runs by itself: when it did, and when it will. */
export function JobsTable({ jobs }: { jobs: readonly Job[] }) {
  const { t } = useTranslation('overview')
  return (
    <Card className="min-w-0">
      <CardHeader title={t('jobs.title')} />
      {jobs.length === 0 ? (
        <p className="px-4 pb-4 text-sm text-muted">{t('jobs.none')}</p>
      ) : (
        <Grid label={t('jobs.title')}>
          <thead>
            <tr>
              <GridHead>{t('jobs.job')}</GridHead>
              <GridHead>{t('jobs.next')}</GridHead>
              <GridHead>{t('jobs.last')}</GridHead>
              <GridHead number>{t('jobs.took')}</GridHead>
              <GridHead number>{t('jobs.runs')}</GridHead>
            </tr>
          </thead>
          <tbody>{jobs.map((job) => <Row key={job.id} job={job} />)}</tbody>
        </Grid>
      )}
    </Card>
  )
}

function Row({ job }: { job: Job }) {
  const { t } = useTranslation('overview')
  const last = job.history.at(-1)
  return (
    <tr>
      <GridCell className="min-w-36">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          <span className="font-medium wrap-anywhere">{job.name || job.plan}</span>
          {job.state === 'running' && <Badge tone="success">{t('jobs.running')}</Badge>}
          {job.state === 'paused' && <Badge>{t('jobs.paused')}</Badge>}
        </div>
        {job.name && <div className="font-mono text-xs text-muted">{job.plan}</div>}
        {last?.error && <div className="mt-0.5 text-xs text-danger-text wrap-anywhere">{last.error}</div>}
      </GridCell>
      <GridCell className="whitespace-nowrap">{job.next_run ? <Moment at={job.next_run} /> : '–'}</GridCell>
      <GridCell className="whitespace-nowrap">{last ? <Moment at={last.started_at} /> : '–'}</GridCell>
      <GridCell number>{last ? formatMilliseconds(last.duration_ms) : '–'}</GridCell>
      <GridCell number>{formatNumber(job.runs)}</GridCell>
    </tr>
  )
}

function Moment({ at }: { at: string }) {
  return <time dateTime={at} title={formatDateTime(at)}>{formatRelative(at)}</time>
}
