import type { LucideIcon } from 'lucide-react'
import { useEffect } from 'react'
import { createStore } from './store'

/** A line of the command palette (Ctrl+K). `keywords` are found too, but not shown. */
export interface Command {
  id: string
  title: string
  group: string
  icon?: LucideIcon
  keywords?: string[]
  run: () => void
}

export const commands = createStore<readonly Command[]>([])
export const paletteOpen = createStore(false)

/** Offers commands while the component is shown. Keep the list stable with useMemo. */
export function useCommands(offered: readonly Command[]): void {
  useEffect(() => {
    commands.set([...commands.get(), ...offered])
    return () => commands.set(commands.get().filter((command) => !offered.includes(command)))
  }, [offered])
}
