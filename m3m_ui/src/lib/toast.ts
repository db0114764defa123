import { ApiError, Unreachable } from './api/error'
import { i18n } from './i18n'
import { createStore } from './store'

interface Options {
  description?: string
  action?: { label: string; onClick: () => void }
}

type Show = (text: string, options?: Options) => unknown
type Shows = Record<'success' | 'error' | 'message', Show>

/** The part that draws toasts is loaded with the first of them, and says here that it is there. */
export const toasterWanted = createStore(false)
let ready: (shows: Shows) => void
const drawn = new Promise<Shows>((resolve) => {
  ready = resolve
})

export function toasterReady(shows: Shows): void {
  ready(shows)
}

function show(kind: keyof Shows): Show {
  return (text, options) => {
    toasterWanted.set(true)
    void drawn.then((shows) => shows[kind](text, options))
  }
}

export const toast: Shows = { success: show('success'), error: show('error'), message: show('message') }

/** What a person reads about an error. */
export function errorText(error: unknown): string {
  if (error instanceof Unreachable) return i18n.t('common:errors.unreachable')
  if (error instanceof ApiError) return error.message
  return i18n.t('common:errors.unexpected')
}

export function toastError(error: unknown): void {
  // a lost connection has its own banner, an ended session its own dialog
  if (error instanceof Unreachable || (error instanceof ApiError && error.status === 401)) return
  const first = error instanceof ApiError ? Object.values(error.fields)[0]?.message : undefined
  toast.error(errorText(error), { description: first })
}
