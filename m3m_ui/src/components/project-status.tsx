import { BadgeCheck, FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import type { Project, ProjectState } from '@/lib/project'
import { useTagName } from '@/lib/tags'
import { Badge } from './ui/badge'

const DOT: Record<ProjectState, string> = {
  running: 'bg-success',
  stopped: 'bg-control',
  starting: 'bg-warning animate-pulse',
  stopping: 'bg-warning animate-pulse',
  crashed: 'bg-danger',
}

/** The state of a project: a dot and its word. */
export function ProjectStatus({ status, className }: { status: ProjectState; className?: string }) {
  const { t } = useTranslation()
  return (
    <span className={cn('inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted', className)}>
      <span className={cn('size-2 rounded-full', DOT[status])} aria-hidden />
      {t(`status.${status}`)}
    </span>
  )
}

/** What runs: a release with the mark of a stable one, or, unmistakably, a branch in a debug run. */
export function SourceBadge({ source }: { source: Project['running_source'] }) {
  const { t } = useTranslation()
  const tagName = useTagName()
  if (!source) return null
  if (source.kind === 'branch') {
    return (
      <Badge tone="warning" title={t('source.debugHint')}>
        <FlaskConical aria-hidden />
        {t('source.debug', { name: source.name })}
      </Badge>
    )
  }
  const stable = source.tag === 'stable'
  return (
    <Badge tone={stable ? 'success' : 'info'} title={stable ? t('source.stableHint') : tagName(source.tag)}>
      {stable && <BadgeCheck aria-hidden />}
      {source.name}
      {!stable && source.tag && <span className="font-normal">{tagName(source.tag)}</span>}
    </Badge>
  )
}
