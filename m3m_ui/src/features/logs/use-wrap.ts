import { useState } from 'react'

const KEY = 'm3m.logs.wrap'
const NARROW = '(max-width: 640px)'

/** Whether long lines are broken; kept in this browser. On narrow screens they are unless somebody says no. */
export function useWrap(): [boolean, (wrap: boolean) => void] {
  const [wrap, setWrap] = useState(() => {
    const stored = localStorage.getItem(KEY)
    return stored === null ? window.matchMedia(NARROW).matches : stored === 'true'
  })
  const change = (next: boolean) => {
    localStorage.setItem(KEY, String(next))
    setWrap(next)
  }
  return [wrap, change]
}
