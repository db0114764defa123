import { beforeEach, expect, test, vi } from 'vitest'

const USER = { id: '1', email: 'ann@example.com', name: 'Ann', avatar: null, is_root: false }

function answer(token: string, expiresIn = 900): Response {
  return Response.json({ token, refresh_token: null, expires_in: expiresIn, user: USER })
}

async function fresh() {
  vi.resetModules()
  return import('./session')
}

beforeEach(() => {
  vi.unstubAllGlobals()
})

test('a browser that is signed in from before gets its token from the cookie', async () => {
  const fetched = vi.fn().mockResolvedValue(answer('one'))
  vi.stubGlobal('fetch', fetched)
  const { resume, session, accessToken } = await fresh()
  await resume()
  expect(session.get()).toMatchObject({ state: 'user', user: { name: 'Ann' } })
  expect(await accessToken()).toBe('one')
  expect(fetched).toHaveBeenCalledTimes(1)
})

test('nobody is a guest', async () => {
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue(new Response('{}', { status: 401 })))
  const { resume, session } = await fresh()
  await resume()
  expect(session.get()).toEqual({ state: 'guest' })
})

test.each([500, 502, 503, 429])('a server that answers %d when the page is opened is asked again', async (status) => {
  vi.useFakeTimers()
  const answers = [new Response('', { status }), Response.json({ status: 'ok' }), answer('one')]
  const fetched = vi.fn<(path: string) => Promise<Response>>(() => Promise.resolve(answers.shift() ?? Response.error()))
  vi.stubGlobal('fetch', fetched)
  const { resume, session } = await fresh()
  const resumed = resume()
  await vi.advanceTimersByTimeAsync(400)
  expect(session.get().state).toBe('unknown')
  await vi.advanceTimersByTimeAsync(200)
  await resumed
  vi.useRealTimers()
  expect(session.get()).toMatchObject({ state: 'user', user: { name: 'Ann' } })
  expect(fetched.mock.calls.map(([path]) => path)).toEqual(['/api/auth/refresh', '/health', '/api/auth/refresh'])
})

test('many requests with an old token renew it once', async () => {
  const fetched = vi.fn().mockResolvedValueOnce(answer('old', 0)).mockResolvedValue(answer('new'))
  vi.stubGlobal('fetch', fetched)
  const { resume, accessToken } = await fresh()
  await resume()
  expect(await Promise.all([accessToken(), accessToken(), accessToken()])).toEqual(['new', 'new', 'new'])
  expect(fetched).toHaveBeenCalledTimes(2)
})

test('a session that has ended under a page is expired, and goes on after a login', async () => {
  vi.stubGlobal('fetch', vi.fn().mockResolvedValue(answer('one')))
  const { resume, session, sessionEnded, signedIn } = await fresh()
  await resume()
  sessionEnded()
  expect(session.get().state).toBe('expired')
  signedIn(await answer('two').json())
  expect(session.get().state).toBe('user')
})

test('a server that fails does not sign anybody out', async () => {
  const fetched = vi.fn().mockResolvedValueOnce(answer('one', 0)).mockResolvedValue(new Response('', { status: 503 }))
  vi.stubGlobal('fetch', fetched)
  const { resume, session, accessToken } = await fresh()
  await resume()
  expect(await accessToken()).toBe('one')
  expect(session.get().state).toBe('user')
})
