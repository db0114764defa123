import createClient, { type Middleware } from 'openapi-fetch'
import { apiURL } from '../config'
import { accessToken, renew, sessionEnded } from '../session'
import { found, lost } from './connection'
import { ApiError, Unreachable } from './error'
import type { paths } from './schema'
import { translated } from './sentences'

const PUBLIC = ['/auth/login', '/auth/refresh', '/auth/setup']

/** Like fetch, signed in: an expired token is renewed once and the request sent again. Throws Unreachable. */
export async function signedFetch(input: Request): Promise<Response> {
  const isPublic = PUBLIC.some((path) => input.url.endsWith(apiURL + path))
  const again = isPublic ? undefined : input.clone()
  const answer = await send(input, isPublic ? undefined : await accessToken())
  if (answer.status !== 401 || again === undefined) return answer
  const token = await renew()
  if (token === undefined) {
    sessionEnded()
    return answer
  }
  return send(again, token)
}

async function send(request: Request, token: string | undefined): Promise<Response> {
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`)
  try {
    const answer = await fetch(request)
    if (answer.status === 502 || answer.status === 504) lost()
    else found()
    return answer
  } catch (error) {
    if (request.signal.aborted) throw error
    lost()
    throw new Unreachable()
  }
}

/** Every answer that is no success is thrown, so that `data` is there when a call returns. */
const throwing: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await errorOf(response)
  },
}

export async function errorOf(response: Response): Promise<ApiError> {
  try {
    return new ApiError(response.status, await translated(await response.clone().json()))
  } catch {
    return new ApiError(response.status, {})
  }
}

const client = createClient<paths>({ baseUrl: apiURL.replace(/\/api$/, ''), fetch: signedFetch })
client.use(throwing)

/** The API. Paths, parameters, bodies and answers are those of GET /api/openapi.json. */
export const api = client

/** The data of a call that has succeeded: `await dataOf(api.GET('/api/projects'))`. */
export async function dataOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T
}

/** An answer that is no JSON (a download, a stream, a picture), signed in. Throws ApiError, Unreachable. */
export async function rawFetch(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await signedFetch(new Request(new URL(apiURL + path, location.origin), init))
  if (!response.ok) throw await errorOf(response)
  return response
}
