import { ExternalLink, FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProjectStatus, SourceBadge } from '@/components/project-status'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Skeleton } from '@/components/ui/simple'
import { cn } from '@/lib/cn'
import { formatDateTime, formatDuration, formatNumber } from '@/lib/format'
import type { Project, RunStatus } from '@/lib/project'
import { isRunning, serviceUrl } from '@/lib/runs'
import { RunButtons } from './run-buttons'

/** What runs, since when, where it answers, and the buttons that change it. */
export function RunCard({ project, run }: { project: Project; run: RunStatus }) {
  const isDebug = run.source?.kind === 'branch'
  return (
    <section className={cn('overflow-hidden rounded-lg border bg-surface shadow-card', isDebug ? 'border-warning/60' : 'border-line')}>
      {isDebug && <DebugNote branch={run.source?.name ?? ''} />}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
            <ProjectStatus status={run.status} className="text-base font-semibold text-text" />
            <SourceBadge source={run.source} />
          </div>
          <RunFacts run={run} active={project.active_release} />
        </div>
        <RunButtons run={run} active={project.active_release} />
      </div>
      <ServiceAddress slug={project.slug} isRunning={isRunning(run)} />
    </section>
  )
}

export function RunPlace() {
  return (
    <div aria-hidden className="overflow-hidden rounded-lg border border-line bg-surface shadow-card">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 py-3.5">
        <div>
          <Skeleton className="h-6 w-40" />
          <Skeleton className="mt-1.5 h-4 w-56" />
        </div>
        <div className="flex gap-2 max-sm:w-full">
          <Skeleton className="h-8 w-32 max-sm:flex-1" />
          <Skeleton className="h-8 w-20 max-sm:flex-1" />
        </div>
      </div>
      <div className="flex h-10 items-center border-t border-line bg-subtle px-4"><Skeleton className="h-3.5 w-72" /></div>
    </div>
  )
}

function DebugNote({ branch }: { branch: string }) {
  const { t } = useTranslation('overview')
  return (
    <p className="flex items-start gap-2 border-b border-warning/40 bg-warning-soft px-4 py-2 text-sm text-warning-text">
      <FlaskConical className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span><strong className="font-semibold">{t('debug.title', { branch })}</strong> {t('debug.hint')}</span>
    </p>
  )
}

function RunFacts({ run, active }: { run: RunStatus; active: string | null }) {
  const { t } = useTranslation('overview')
  if (!isRunning(run) || !run.started_at) {
    return <p className="mt-1 text-sm text-muted">{active === null ? t('facts.noActive') : t('facts.active', { version: active })}</p>
  }
  const facts = [
    t('facts.since', { duration: formatDuration(run.uptime_s), time: formatDateTime(run.started_at) }),
    ...(run.restarts > 0 ? [t('facts.restarts', { count: run.restarts, shown: formatNumber(run.restarts) })] : []),
  ]
  return <p className="tabular mt-1 text-sm text-muted">{facts.join(' · ')}</p>
}

function ServiceAddress({ slug, isRunning: runs }: { slug: string; isRunning: boolean }) {
  const { t } = useTranslation('overview')
  const url = serviceUrl(slug)
  return (
    <div className="flex items-center gap-1 border-t border-line bg-subtle py-1.5 pr-2 pl-4 text-sm">
      <span className="mr-2 text-muted max-sm:sr-only">{t('service.url')}</span>
      <code className={cn('min-w-0 truncate font-mono text-xs', !runs && 'text-faint')}>{url}</code>
      <span className="ml-auto flex shrink-0 items-center">
        <CopyButton text={url} label={t('service.copy')} />
        <Button asChild variant="ghost" size="sm">
          <a href={url} target="_blank" rel="noreferrer">
            <ExternalLink aria-hidden />
            {t('service.open')}
          </a>
        </Button>
      </span>
    </div>
  )
}
