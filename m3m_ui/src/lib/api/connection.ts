import { createStore } from '../store'

const RETRY_MS = [500, 1000, 2000, 4000]

/** False while the server does not answer. */
export const connected = createStore(true)

let attempt = 0
let timer: ReturnType<typeof setTimeout> | undefined

/** A request got no answer: ask again by ourselves until there is one. */
export function lost(): void {
  connected.set(false)
  timer ??= setTimeout(() => void probe(), RETRY_MS[Math.min(attempt++, RETRY_MS.length - 1)])
}

export function found(): void {
  clearTimeout(timer)
  timer = undefined
  attempt = 0
  connected.set(true)
}

/** Ask now, without waiting for the next attempt. */
export async function probe(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  try {
    const answer = await fetch('/health', { cache: 'no-store' })
    if (answer.status < 502) found()
    else lost()
  } catch {
    lost()
  }
}

export function reconnected(): Promise<void> {
  if (connected.get()) return Promise.resolve()
  return new Promise((resolve) => {
    const stop = connected.subscribe(() => {
      stop()
      resolve()
    })
  })
}
