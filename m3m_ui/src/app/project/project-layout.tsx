import { Suspense, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink, Outlet, useLocation } from 'react-router'
import { ErrorState, WayBack } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { useProject, useProjectSlug } from '@/lib/project'
import { NotFoundPage } from '../not-found'
import { PROJECT_PAGES } from './pages'
import { useProjectCommands } from './project-commands'
import { ProjectHeader } from './project-header'

/** What all pages of a project have in common: who it is, how it is, and the way to the others. */
export function ProjectLayout() {
  const { t } = useTranslation()
  const slug = useProjectSlug()
  const { error, data, refetch } = useProject()
  useProjectCommands(slug)
  if (isApiError(error, 404)) return <NotFoundPage />
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} back={<WayBack to="/projects">{t('nav.allProjects')}</WayBack>} />
  return (
    <>
      <ProjectHeader />
      <ProjectTabs slug={slug} />
      <Suspense fallback={null}>
        <Outlet key={slug} />{/* nothing that is unmasked, ticked or written passes to another project */}
      </Suspense>
    </>
  )
}

function ProjectTabs({ slug }: { slug: string }) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    const frame = bar.current
    if (!frame) return undefined
    // on a narrow screen the tab of the page may be outside of the bar, also after the screen was turned
    const show = () => frame.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    const watch = new ResizeObserver(show)
    show()
    watch.observe(frame)
    return () => watch.disconnect()
  }, [pathname])
  return (
    <nav ref={bar} aria-label={t('nav.project')} className="sticky top-0 z-20 shrink-0 overflow-x-auto border-b border-line bg-bg px-2 [scrollbar-width:none] sm:px-4">
      <ul className="flex gap-1">
        {PROJECT_PAGES.map(({ path, key, icon: Icon }) => (
          <li key={key}>
            <NavLink
              to={path === '' ? `/projects/${slug}` : `/projects/${slug}/${path}`}
              end={path === ''}
              className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 text-sm whitespace-nowrap text-muted -outline-offset-2 hover:text-text aria-[current=page]:border-accent aria-[current=page]:font-medium aria-[current=page]:text-text"
            >
              <Icon className="size-4 max-sm:hidden" aria-hidden />
              {t(`nav.${key}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
