import { servicesURL } from '@/lib/config'

export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'] as const
export type Method = (typeof METHODS)[number]

export interface Pair {
  name: string
  value: string
}

export interface Call {
  method: Method
  path: string
  query: Pair[]
  headers: Pair[]
  body: string
}

export const EMPTY: Call = { method: 'GET', path: '/', query: [], headers: [], body: '' }

export function hasBody(method: Method): boolean {
  return method !== 'GET' && method !== 'HEAD'
}

/** The address of a route of the service. Throws RangeError for a path that leads out of it. */
export function addressOf(slug: string, path: string, query: readonly Pair[]): URL {
  const root = new URL(`/r/${encodeURIComponent(slug)}`, servicesURL)
  const url = new URL(root.href + (path.startsWith('/') ? path : `/${path}`))
  if (url.pathname !== root.pathname && !url.pathname.startsWith(`${root.pathname}/`)) throw new RangeError(path)
  for (const { name, value } of query) if (name !== '') url.searchParams.append(name, value)
  url.hash = ''
  return url
}

export interface Reply {
  status: number
  statusText: string
  milliseconds: number
  headers: Pair[]
  bytes: Uint8Array<ArrayBuffer>
  type: string
  /** Where a redirect has led, if there was one. */
  redirected: string | undefined
}

/** Calls the service as anybody would: without the session of the admin. Throws what fetch throws. */
export async function send(slug: string, call: Call, signal: AbortSignal): Promise<Reply> {
  const headers = new Headers()
  for (const { name, value } of call.headers) if (name.trim() !== '') headers.append(name.trim(), value)
  const body = hasBody(call.method) && call.body !== '' ? call.body : undefined
  if (body !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', isJson(body) ? 'application/json' : 'text/plain')
  const begun = performance.now()
  const answer = await fetch(addressOf(slug, call.path, call.query), { method: call.method, headers, body, signal, credentials: 'omit', cache: 'no-store' })
  const bytes = new Uint8Array(await answer.arrayBuffer())
  return {
    status: answer.status,
    statusText: answer.statusText,
    milliseconds: performance.now() - begun,
    headers: [...answer.headers].map(([name, value]) => ({ name, value })),
    bytes,
    type: (answer.headers.get('Content-Type') ?? '').split(';')[0]?.trim() ?? '',
    redirected: answer.redirected ? answer.url : undefined,
  }
}

export function isJson(text: string): boolean {
  return prettyJson(text) !== undefined
}

/** With two spaces; undefined for what is no JSON. */
export function prettyJson(text: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return undefined
  }
}

/** The body as text; undefined for bytes that are none. */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
