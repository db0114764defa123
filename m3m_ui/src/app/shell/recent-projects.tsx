import { useQuery } from '@tanstack/react-query'
import { Ellipsis } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { colorValue } from '@/lib/colors'
import { formatNumber } from '@/lib/format'
import { sidebarProjectsQuery } from './queries'

/** The first projects, one click away from everywhere. */
export function RecentProjects({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation()
  const { data } = useQuery(sidebarProjectsQuery)
  if (!data || data.items.length === 0) return null
  return (
    <>
      <h2 className="px-2 pt-5 pb-1 text-xs font-medium text-faint">{t('nav.projects')}</h2>
      <ul className="flex flex-col gap-px pb-2">
        {data.items.map((project) => (
          <li key={project.id}>
            <NavLink
              to={`/projects/${project.slug}`}
              onClick={onNavigate}
              className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <span className="mx-1 size-2 shrink-0 rounded-[3px]" style={{ background: colorValue(project.color) }} aria-hidden />
              <span className="truncate">{project.name}</span>
              {project.status === 'crashed' && <span className="ml-auto size-1.5 rounded-full bg-danger" title={t('status.crashed')} />}
            </NavLink>
          </li>
        ))}
        {data.total_items > data.items.length && (
          <li>
            <Link to="/projects" onClick={onNavigate} className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text">
              <Ellipsis className="size-4" aria-hidden />
              {t('nav.allProjects')}
              <span className="tabular ml-auto text-xs text-faint">{formatNumber(data.total_items)}</span>
            </Link>
          </li>
        )}
      </ul>
    </>
  )
}
