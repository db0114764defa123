import { useRef } from 'react'

type FocusHandler = (event: Event) => void

/**
 * The focus goes back to where it was before a dialog: Radix knows only of a button that opens one, and most are opened
 * by the address, a key or an answer of the server. When that is gone (a row that was deleted), it goes to the content
 * of the page. `onOpen` is the caller's own handler.
 */
export function useFocusBack(onOpen?: FocusHandler): { onOpenAutoFocus: FocusHandler; onCloseAutoFocus: FocusHandler } {
  const before = useRef<Element>(null)
  return {
    onOpenAutoFocus: (event) => {
      before.current = document.activeElement
      onOpen?.(event)
    },
    onCloseAutoFocus: (event) => {
      if (before.current === document.body) return
      const element = before.current?.isConnected ? before.current : document.getElementById('content')
      if (!(element instanceof HTMLElement)) return
      event.preventDefault()
      element.focus()
    },
  }
}
