import { useCallback, useEffect, useRef } from 'react'
import { type Blocker, type Location, useBlocker } from 'react-router'

const samePage = (now: Location, next: Location) => now.pathname === next.pathname

export interface Leaving {
  blocker: Blocker
  /** It is saved: one may leave, though the page has not been drawn since. */
  release: () => void
}

/**
 * Whoever leaves with something unsaved is asked first: by the browser when they close or reload the page, by
 * `<LeaveDialog>` on links, Back and the palette. `isSame` says which steps of the address do not leave.
 */
export function useLeaving(unsaved: boolean, isSame: (now: Location, next: Location) => boolean = samePage): Leaving {
  const released = useRef(false)
  const blocker = useBlocker(({ currentLocation, nextLocation }) => unsaved && !released.current && !isSame(currentLocation, nextLocation))
  useEffect(() => {
    released.current = false
    if (!unsaved) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [unsaved])
  const release = useCallback(() => {
    released.current = true
  }, [])
  return { blocker, release }
}
