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
      if (event.code === 'KeyS') now.current.save()
      else if (event.key === 'Enter' && !isOther) now.current.run()
      else return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('keydown', pressed, true)
    return () => window.removeEventListener('keydown', pressed, true)
  }, [])
}
