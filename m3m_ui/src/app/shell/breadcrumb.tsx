import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { projectQuery } from '@/lib/project'
import { PROJECT_PAGES } from '../project/pages'
import { NAVIGATION } from './navigation'

export function Breadcrumb() {
  const { t } = useTranslation()
  const [area = '', slug, page = ''] = useLocation().pathname.split('/').slice(1)
  const inProject = area === 'projects' && slug !== undefined && slug !== ''
  const { data: project } = useQuery({ ...projectQuery(slug ?? ''), enabled: inProject })
  const known = NAVIGATION.find((item) => item.to === `/${area}`)
  const crumbs: { to: string; text: string }[] = []
  if (known) crumbs.push({ to: known.to, text: t(`nav.${known.key}`) })
  if (area === 'profile') crumbs.push({ to: '/profile', text: t('nav.profile') })
  if (inProject) {
    crumbs.push({ to: `/projects/${slug}`, text: project?.name ?? slug })
    const shown = PROJECT_PAGES.find((each) => each.path === page)
    if (shown) crumbs.push({ to: `/projects/${slug}/${page}`, text: t(`nav.${shown.key}`) })
  }
  return (
    <nav aria-label={t('nav.breadcrumb')} className="min-w-0">
      <ol className="flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map(({ to, text }, index) => {
          const last = index === crumbs.length - 1
          return (
            <li key={to} className={last ? 'min-w-0' : 'flex shrink-0 items-center gap-1 max-sm:hidden'}>
              <Link to={to} aria-current={last ? 'page' : undefined} className={last ? 'block truncate rounded-sm font-medium' : 'max-w-48 truncate rounded-sm text-muted hover:text-text'}>
                {text}
              </Link>
              {!last && <ChevronRight className="size-3.5 text-faint" aria-hidden />}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
