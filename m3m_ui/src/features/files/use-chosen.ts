import { useState } from 'react'

/** Paths of what is ticked; another folder begins without any. */
export type Chosen = Readonly<Record<string, boolean>>

export function useChosen(folder: string): [Chosen, (chosen: Chosen) => void] {
  const [state, setState] = useState<{ folder: string; chosen: Chosen }>({ folder, chosen: {} })
  return [state.folder === folder ? state.chosen : {}, (chosen) => setState({ folder, chosen })]
}
