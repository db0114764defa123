import { Cpu, type LucideIcon, MemoryStick } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { ProjectStatus, SourceBadge } from '@/components/project-status'
import { Skeleton } from '@/components/ui/simple'
import { Sparkline } from '@/components/ui/sparkline'
import { colorValue } from '@/lib/colors'
import { formatBytes, formatPercent } from '@/lib/format'
import { useProject, useStatus } from '@/lib/project'
import { useUsage } from './use-usage'

export function ProjectHeader() {
  const { data: project } = useProject()
  const { data: run } = useStatus()
  return (
    <header className="flex shrink-0 flex-wrap items-center justify-between gap-x-6 gap-y-3 px-4 pt-4 pb-3 sm:px-6">
      {project ? (
        <div className="flex min-w-0 items-center gap-3">
          <span
            className="grid size-9 shrink-0 place-items-center rounded-lg text-base font-semibold text-white"
            style={{ background: `color-mix(in srgb, ${colorValue(project.color)} 82%, black)` }}
            aria-hidden
          >
            {project.name.charAt(0).toUpperCase()}
          </span>
          <div className="min-w-0">
            <p className="truncate text-lg font-semibold">{project.name}</p>
            <div className="flex min-h-6 flex-wrap items-center gap-2">
              <ProjectStatus status={run?.status ?? project.status} />
              <SourceBadge source={run ? run.source : project.running_source} />
              <span className="truncate font-mono text-xs text-faint max-sm:hidden">/r/{project.slug}</span>
            </div>
          </div>
        </div>
      ) : (
        <div className="flex items-center gap-3">
          <Skeleton className="size-9" />
          <Skeleton className="h-9 w-48" />
        </div>
      )}
      <UsageCards />
    </header>
  )
}

function UsageCards() {
  const { t } = useTranslation()
  const { now, cpu, memory } = useUsage()
  return (
    <div className="flex gap-2 max-sm:w-full">
      <UsageCard icon={Cpu} name={t('usage.cpu')} value={now && formatPercent(now.cpu)} history={cpu} />
      <UsageCard icon={MemoryStick} name={t('usage.memory')} value={now && formatBytes(now.memory)} history={memory} />
    </div>
  )
}

interface UsageCardProps {
  icon: LucideIcon
  name: string
  value: string | undefined
  history: readonly number[]
}

function UsageCard({ icon: Icon, name, value, history }: UsageCardProps) {
  const { t } = useTranslation()
  return (
    <div className="flex h-9 min-w-0 flex-1 items-center gap-3 rounded-lg border border-line bg-surface px-3 shadow-card sm:h-12 sm:w-44 sm:flex-none">
      <div className="flex min-w-0 items-center gap-2 sm:block">
        <p className="flex items-center gap-1 text-xs text-muted">
          <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
          {name}
        </p>
        <p className="tabular text-sm font-medium whitespace-nowrap" title={value === undefined ? t('usage.none') : undefined}>{value ?? '–'}</p>
      </div>
      <div className="ml-auto w-16 min-w-0 max-sm:hidden">{history.length > 1 && <Sparkline values={history} label={name} />}</div>
    </div>
  )
}
