import { lazy, Suspense, useEffect } from 'react'
import { paletteOpen } from '@/lib/commands'
import { useStore } from '@/lib/store'

const CommandPalette = lazy(async () => ({ default: (await import('./command-palette')).CommandPalette }))

/** Ctrl+K, or Cmd+K, opens and closes the command palette wherever the focus is. */
export function PaletteKey() {
  const open = useStore(paletteOpen)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return
      event.preventDefault()
      paletteOpen.set(!paletteOpen.get())
    }
    window.addEventListener('keydown', onKey, { capture: true }) // before an editor takes it
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [])
  return <Suspense fallback={null}>{open && <CommandPalette />}</Suspense>
}
