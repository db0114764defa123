import { useEffect, useRef } from 'react'

const isApple = /Mac|iPhone|iPad/.test(navigator.platform)
export const MOD = isApple ? '⌘' : 'Ctrl'

interface Shortcuts {
  save: () => void
  run: () => void
}

/** Keys of the whole page, wherever the focus is. A form with `data-own-enter` has Ctrl+Enter for itself. */
export function useShortcuts(actions: Shortcuts): void {
  const now = useRef(actions)
  useEffect(() => {
    now.current = actions
  })
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return
      const isOther = event.target instanceof Element && event.target.closest('[data-own-enter],[role=dialog]') !== null
      const action = event.code === 'KeyS' ? 'save' : event.key === 'Enter' && !isOther ? 'run' : undefined
      if (action === undefined) return
      // a key that is held down is one wish
      if (!event.repeat) now.current[action]()
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', pressed, true)
    return () => window.removeEventListener('keydown', pressed, true)
  }, [])
}
