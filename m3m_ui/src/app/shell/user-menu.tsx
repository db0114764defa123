import { lazy, Suspense, useState } from 'react'
import { useUser } from '@/lib/use-user'
import { UserButton } from './user-button'

const OpenUserMenu = lazy(async () => ({ default: (await import('./open-user-menu')).OpenUserMenu }))

/** Menus are some code that the first page does without: they are loaded when this one is first opened. */
export function UserMenu({ onNavigate }: { onNavigate?: () => void }) {
  const user = useUser()
  const [wanted, setWanted] = useState(false)
  const button = <UserButton user={user} aria-expanded={false} onClick={() => setWanted(true)} />
  if (!wanted) return button
  return (
    <Suspense fallback={button}>
      <OpenUserMenu onNavigate={onNavigate} />
    </Suspense>
  )
}
