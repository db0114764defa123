import { afterEach, expect, it, vi } from 'vitest'
import { addressOf, EMPTY, prettyJson, send, textOf } from './request'

afterEach(() => vi.unstubAllGlobals())

it.each([
  ['/hello/ann', [], '/r/shop/hello/ann'],
  ['hello', [{ name: 'q', value: 'a&b' }, { name: '', value: 'no' }], '/r/shop/hello?q=a%26b'],
  ['/x?a=1#top', [{ name: 'a', value: '2' }], '/r/shop/x?a=1&a=2'],
  ['', [], '/r/shop/'],
])('the path %s', (path, query, expected) => {
  const url = addressOf('shop', path, query)
  expect(url.pathname + url.search + url.hash).toBe(expected)
})

it.each(['/../other/x', '/../../api/users', '/%2e%2e/other', '/..\\..\\api'])('leads nowhere else: %s', (path) => {
  expect(() => addressOf('shop', path, [])).toThrow(RangeError)
})

it('sends JSON as JSON, without the session', async () => {
  const fetched = vi.fn<typeof fetch>(async () => new Response('{"a":1}', { status: 201, headers: { 'Content-Type': 'application/json; charset=utf-8' } }))
  vi.stubGlobal('fetch', fetched)
  const reply = await send('shop', { ...EMPTY, method: 'POST', body: '{"a":1}' }, new AbortController().signal)
  expect([reply.status, reply.type, textOf(reply.bytes)]).toEqual([201, 'application/json', '{"a":1}'])
  const init = fetched.mock.calls[0]?.[1]
  expect(init?.credentials).toBe('omit')
  expect(new Headers(init?.headers).get('Content-Type')).toBe('application/json')
})

it('shows JSON pretty, and bytes that are no text not at all', () => {
  expect(prettyJson('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
  expect(prettyJson('{a}')).toBeUndefined()
  expect(textOf(new Uint8Array([0xff, 0xfe]))).toBeUndefined()
})
