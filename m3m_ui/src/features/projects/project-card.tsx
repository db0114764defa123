import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProjectStatus, SourceBadge } from '@/components/project-status'
import { colorValue } from '@/lib/colors'
import { formatBytes, formatPercent } from '@/lib/format'
import type { ProjectEntry } from '@/lib/project'

export function ProjectCard({ project }: { project: ProjectEntry }) {
  return (
    <li className="relative flex h-38 flex-col rounded-lg border border-line bg-surface p-4 shadow-card transition-shadow hover:border-line-strong hover:shadow-raised">
      <div className="flex items-center gap-2.5">
        <span className="size-2.5 shrink-0 rounded-[3px]" style={{ background: colorValue(project.color) }} aria-hidden />
        <h2 className="min-w-0 truncate text-base font-semibold">
          <Link to={`/projects/${project.slug}`} className="rounded-sm after:absolute after:inset-0 after:rounded-lg">{project.name}</Link>
        </h2>
      </div>
      <p className="mt-0.5 truncate pl-5 font-mono text-xs text-faint">{project.slug}</p>
      <div className="mt-auto flex items-center justify-between gap-2">
        <ProjectStatus status={project.status} />
        <SourceBadge source={project.running_source} />
      </div>
      <Usage project={project} />
    </li>
  )
}

/** CPU and memory of what runs; the line is there for a stopped project too, so that cards do not jump. */
function Usage({ project: { cpu_percent: cpu, memory_bytes: memory } }: { project: ProjectEntry }) {
  const { t } = useTranslation()
  return (
    <dl className="tabular mt-2 flex gap-4 border-t border-line pt-2 text-xs text-muted">
      <div className="flex gap-1.5">
        <dt>{t('usage.cpu')}</dt>
        <dd className="font-medium text-text">{cpu === null ? '–' : formatPercent(cpu)}</dd>
      </div>
      <div className="flex gap-1.5">
        <dt>{t('usage.memory')}</dt>
        <dd className="font-medium text-text">{memory === null ? '–' : formatBytes(memory)}</dd>
      </div>
    </dl>
  )
}
