import { useEffect } from 'react'
import { NEW } from './use-view'

/** Keys of the page while nobody writes and nothing is open above it: n for a new record, / to search, Esc to unselect. */
export function useKeys(open: (record: string) => void, unselect: (() => void) | undefined): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      const isBusy = target.closest('input, textarea, select, [contenteditable=true], [role=menu], [role=listbox]') !== null
      if (isBusy || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('[role=dialog], [role=alertdialog]')) return
      if (event.key === 'n') {
        event.preventDefault()
        open(NEW)
      } else if (event.key === '/') {
        event.preventDefault()
        document.querySelector<HTMLInputElement>('#content input[type=search]')?.focus()
      } else if (event.key === 'Escape') unselect?.()
      else if (event.key === 'ArrowDown' && target.closest('tr') === null) {
        document.querySelector<HTMLElement>('#content tr[data-index]')?.focus()
      }
    }
    document.addEventListener('keydown', press)
    return () => document.removeEventListener('keydown', press)
  }, [open, unselect])
}
