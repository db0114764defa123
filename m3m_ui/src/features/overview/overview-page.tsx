import { Activity } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { type Project, type RunStatus, useProject, useStatus } from '@/lib/project'
import { isRunning, useTried } from '@/lib/runs'
import { type Source, useMonitor } from './api'
import { InstancesTable } from './instances-table'
import { JobsTable } from './jobs-table'
import { LastError } from './last-error'
import { Monitoring, MonitoringPlace } from './monitoring'
import { RoutesTable } from './routes-table'
import { RunCard, RunPlace } from './run-card'
import { hasRun } from './series'
import { SizesCard } from './sizes-card'

export function OverviewPage() {
  const { t } = useTranslation('overview')
  const { data: project } = useProject()
  const { data: run, error, refetch } = useStatus()
  return (
    <Page titleHidden title={t('title')}>
      <div className="flex flex-col gap-4">
        {project && run && <Run project={project} run={run} />}
        {error && !run && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!error && !(project && run) && <RunPlace />}
        {!(error && !run) && <Day project={project} run={run} />}
      </div>
    </Page>
  )
}

function Run({ project, run }: { project: Project; run: RunStatus }) {
  const source = useSourceOf(project, run)
  return (
    <>
      <RunCard project={project} run={run} />
      {run.last_error && <LastError project={project.slug} error={run.last_error} source={source} isStart={!isRunning(run) && run.status !== 'crashed'} />}
    </>
  )
}

/** Whose code the last error is of: what runs, or what was to run. */
function useSourceOf(project: Project, run: RunStatus): Source | null {
  const tried = useTried()
  if (run.source) return run.source
  if (tried === null) return null
  if (tried && 'branch' in tried) return { kind: 'branch', name: tried.branch }
  const version = tried?.version ?? project.active_release
  return version === null ? null : { kind: 'release', name: version }
}

function Day({ project, run }: { project: Project | undefined; run: RunStatus | undefined }) {
  const { t } = useTranslation('overview')
  const { data: monitor, error, refetch } = useMonitor()
  if (error && !monitor) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!monitor || !project || !run) return <MonitoringPlace />
  // a start that has failed says itself what was: nothing else is known of the day
  if (!isRunning(run) && !hasRun(monitor.slots) && run.last_error) return null
  const write = <Button asChild><Link to={`/projects/${project.slug}/code`}>{t('empty.code')}</Link></Button>
  if (!isRunning(run) && !hasRun(monitor.slots)) {
    return (
      <Card>
        <EmptyState icon={Activity} title={t('empty.title')} action={write}>{t('empty.hint')}</EmptyState>
      </Card>
    )
  }
  return (
    <>
      <Monitoring slots={monitor.slots} />
      <div className="grid grid-cols-1 items-start gap-4 xl:grid-cols-2">
        <RoutesTable monitor={monitor} />
        <JobsTable jobs={run.jobs} />
        {run.instances.length > 0 && <InstancesTable instances={run.instances} />}
        <SizesCard project={project.slug} monitor={monitor} />
      </div>
    </>
  )
}
