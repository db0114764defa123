import { Suspense } from 'react'
import { Outlet } from 'react-router'
import { ConnectionBanner } from './connection-banner'
import { Splash } from './splash'

export function Root() {
  return (
    <div className="flex h-full flex-col">
      <ConnectionBanner />
      <div className="min-h-0 flex-1">
        <Suspense fallback={<Splash />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  )
}
