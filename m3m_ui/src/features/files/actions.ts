import { createContext, useContext } from 'react'
import type { Entry } from './api'

/** What a dialog is open for. */
export type Task =
  | { do: 'folder' }
  | { do: 'file' }
  | { do: 'rename'; entry: Entry }
  | { do: 'move'; entries: Entry[] }
  | { do: 'delete'; entries: Entry[] }
  | { do: 'pack'; entries: Entry[] }
  | { do: 'link'; entry: Entry }

export interface Actions {
  /** Go into a folder, or show a file. */
  open: (entry: Entry) => void
  begin: (task: Task) => void
  download: (entry: Entry) => void
  unpack: (entry: Entry) => void
}

export const ActionsContext = createContext<Actions | undefined>(undefined)

export function useActions(): Actions {
  const actions = useContext(ActionsContext)
  if (!actions) throw new Error('outside of the files page')
  return actions
}
