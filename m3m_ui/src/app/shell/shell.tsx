import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Outlet, useLocation } from 'react-router'
import { session } from '@/lib/session'
import { useStore } from '@/lib/store'
import { Splash } from '../splash'
import { GlobalCommands } from './global-commands'
import { PaletteKey } from './palette-key'
import { Sidebar } from './sidebar'
import { Topbar } from './topbar'

const ReloginDialog = lazy(async () => ({ default: (await import('@/features/auth')).ReloginDialog }))

/** Everything around the pages of whoever is signed in. */
export function Shell() {
  const { t } = useTranslation()
  const now = useStore(session)
  const { pathname, search } = useLocation()
  if (now.state === 'unknown') return <Splash />
  if (now.state === 'guest') {
    const from = pathname + search
    return <Navigate to={from === '/' || from === '/projects' ? '/login' : `/login?to=${encodeURIComponent(from)}`} replace />
  }
  return (
    <div className="flex h-full">
      <a href="#content" className="sr-only z-50 rounded-md bg-accent px-3 py-2 text-sm text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        {t('skipToContent')}
      </a>
      <Sidebar className="max-md:hidden" />
      <div className="flex min-w-0 flex-1 flex-col">
        <Topbar />
        <main id="content" tabIndex={-1} className="flex min-h-0 flex-1 flex-col overflow-y-auto outline-none">
          <Suspense fallback={null}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <GlobalCommands />
      <PaletteKey />
      {now.state === 'expired' && (
        <Suspense fallback={null}>
          <ReloginDialog email={now.user.email} />
        </Suspense>
      )}
    </div>
  )
}
