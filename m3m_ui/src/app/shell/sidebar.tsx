import { Search } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink } from 'react-router'
import { Logo } from '@/components/logo'
import { Kbd } from '@/components/ui/simple'
import { cn } from '@/lib/cn'
import { paletteOpen } from '@/lib/commands'
import { NAVIGATION } from './navigation'
import { RecentProjects } from './recent-projects'
import { UserMenu } from './user-menu'

interface SidebarProps {
  className?: string
  /** Somebody went somewhere: the sheet of a narrow screen closes then. */
  onNavigate?: () => void
}

export function Sidebar({ className, onNavigate }: SidebarProps) {
  const { t } = useTranslation()
  return (
    <div className={cn('flex w-56 shrink-0 flex-col border-r border-line bg-subtle', className)}>
      {/* a narrow screen has the sidebar in a sheet, which has a title of its own */}
      <div className="flex h-12 items-center gap-2 px-3.5 max-md:hidden">
        <Link to="/projects" onClick={onNavigate} className="flex items-center gap-2 rounded-md text-base font-semibold">
          <Logo />
          {t('appName')}
        </Link>
      </div>
      <div className="px-2 pb-2 max-md:pt-2">
        <button
          type="button"
          className="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm text-muted shadow-card hover:border-line-strong"
          onClick={() => {
            onNavigate?.()
            paletteOpen.set(true)
          }}
        >
          <Search className="size-4 text-faint" aria-hidden />
          {t('search')}
          <Kbd className="ml-auto max-md:hidden">Ctrl K</Kbd>
        </button>
      </div>
      <nav aria-label={t('nav.label')} className="flex-1 overflow-y-auto px-2">
        <ul className="flex flex-col gap-px">
          {NAVIGATION.map(({ to, key, icon: Icon }) => (
            <li key={to}>
              <NavLink
                to={to}
                end={key === 'projects'}
                onClick={onNavigate}
                className="flex h-8 items-center gap-2.5 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-text"
              >
                <Icon className="size-4" aria-hidden />
                {t(`nav.${key}`)}
              </NavLink>
            </li>
          ))}
        </ul>
        <RecentProjects onNavigate={onNavigate} />
      </nav>
      <div className="border-t border-line p-2">
        <UserMenu onNavigate={onNavigate} />
      </div>
    </div>
  )
}
