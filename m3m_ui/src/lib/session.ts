import { apiURL } from './config'
import type { components } from './api/schema'
import { found, lost, reconnected } from './api/connection'
import { createStore } from './store'

export type User = components['schemas']['UserAnswer']
type TokensAnswer = components['schemas']['TokensAnswer']

/** `expired`: the user was signed in on this page and is no more; the page stays, a dialog asks for the password. */
export type Session =
  | { state: 'unknown' }
  | { state: 'guest' }
  | { state: 'user'; user: User }
  | { state: 'expired'; user: User }

interface Shared {
  token: string
  renewAt: number
  user: User
}

const EARLY_MS = 30_000
const LOCK = 'm3m.session'

export const session = createStore<Session>({ state: 'unknown' })

/** Only in memory. Other tabs are told over a channel, so that one renewal is enough for all of them. */
let held: Shared | undefined
let renewing: Promise<string | undefined> | undefined
const tabs = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(LOCK)

tabs?.addEventListener('message', (event: MessageEvent<Shared | 'ended'>) => {
  if (event.data === 'ended') end()
  else if (session.get().state !== 'unknown') hold(event.data)
})

/** Requests of a browser: the refresh token travels in a cookie that no script can read. */
export const HEADERS = { 'Content-Type': 'application/json', 'X-M3M-Session': 'cookie' }

/** The answer of login, setup or refresh. */
export function signedIn(answer: TokensAnswer): void {
  const lasts = Math.max(answer.expires_in * 1000 - EARLY_MS, answer.expires_in * 500)
  const shared = { token: answer.token, renewAt: Date.now() + lasts, user: answer.user }
  hold(shared)
  tabs?.postMessage(shared)
}

/** The user has changed something about themselves. */
export function userChanged(user: User): void {
  if (held) hold({ ...held, user })
}

/** Signed out on purpose, here or in another tab. */
export function signedOut(): void {
  end()
  tabs?.postMessage('ended')
}

/** The server does not know the session any more. */
export function sessionEnded(): void {
  held = undefined
  const now = session.get()
  session.set(now.state === 'user' || now.state === 'expired' ? { state: 'expired', user: now.user } : { state: 'guest' })
}

/** A token that is good for a while; undefined when nobody is signed in. */
export async function accessToken(): Promise<string | undefined> {
  if (held && Date.now() < held.renewAt) return held.token
  if (!held) return undefined
  return (await renew()) ?? undefined
}

/** New tokens for the cookie, asked for once however many requests wait, in all tabs. */
export function renew(): Promise<string | undefined> {
  renewing ??= locked().finally(() => {
    renewing = undefined
  })
  return renewing
}

/** Whether the browser is still signed in from before: asked when the page is opened, until the server can tell. */
export async function resume(): Promise<void> {
  while (session.get().state === 'unknown') {
    await renew()
    if (session.get().state === 'unknown') await reconnected()
  }
}

async function locked(): Promise<string | undefined> {
  const before = held?.token
  // Browsers have locks on secure origins only. Without, two tabs may ask at once, which the server allows.
  if (!('locks' in navigator)) return ask()
  return navigator.locks.request(LOCK, async () => (held && held.token !== before ? held.token : ask()))
}

async function ask(): Promise<string | undefined> {
  let answer: Response
  try {
    answer = await fetch(`${apiURL}/auth/refresh`, { method: 'POST', headers: HEADERS, body: '{}' })
  } catch {
    lost()
    return held?.token
  }
  if (!answer.ok) void answer.body?.cancel() // unread, it would keep one of the browser's few connections
  if (answer.status >= 500 || answer.status === 429) {
    // the server starts, or its database does, or it is asked too much: that says nothing about the session
    if (!held) lost()
    return held?.token
  }
  found()
  if (!answer.ok) {
    held = undefined
    if (session.get().state === 'unknown') session.set({ state: 'guest' })
    return undefined
  }
  const tokens = (await answer.json()) as TokensAnswer
  signedIn(tokens)
  return tokens.token
}

function hold(shared: Shared): void {
  held = shared
  session.set({ state: 'user', user: shared.user })
}

function end(): void {
  held = undefined
  session.set({ state: 'guest' })
}
