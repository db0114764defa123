import type { KeyboardEvent } from 'react'
import { useActions } from './actions'
import type { Entry } from './api'
import { parentOf } from './paths'
import type { Chosen } from './use-chosen'
import type { View } from './use-view'

interface Keys {
  entries: Entry[]
  chosen: Entry[]
  view: View
  onSelection: (selection: Chosen) => void
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }

/** The names are links, so Tab and Enter work anyway; these are the keys of a file manager. */
export function useKeys({ entries, chosen, view, onSelection }: Keys): (event: KeyboardEvent<HTMLElement>) => void {
  const actions = useActions()
  return (event) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset.entry === undefined || event.altKey) return
    const path = event.target.dataset.entry
    const entry = entries.find((each) => each.path === path)
    if (!entry) return
    const targets = chosen.includes(entry) ? chosen : [entry]
    const control = event.ctrlKey || event.metaKey
    if (control && event.key !== 'a') return
    if (control) onSelection(Object.fromEntries(entries.map((each) => [each.path, true])))
    else if (event.key in STEPS) focusNext(event.currentTarget, event.target, STEPS[event.key] ?? 0)
    else if (event.key === ' ') onSelection({ ...Object.fromEntries(chosen.map((each) => [each.path, true])), [path]: !chosen.includes(entry) })
    else if (event.key === 'F2') actions.begin({ do: 'rename', entry })
    else if (event.key === 'Delete') actions.begin({ do: 'delete', entries: targets })
    else if (event.key === 'Escape' && chosen.length > 0) onSelection({})
    else if (event.key === 'Backspace' && view.folder !== '') view.go(parentOf(view.folder))
    else return
    event.preventDefault()
  }
}

function focusNext(frame: HTMLElement, now: HTMLElement, step: number): void {
  const names = [...frame.querySelectorAll<HTMLElement>('[data-entry]')]
  names[names.indexOf(now) + step]?.focus()
}
