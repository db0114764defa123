import { expect, test } from 'vitest'
import type { Slot } from './api'
import { hasRun, routesOf, seriesOf, summaryOf } from './series'

const NOTHING: Slot = {
  at: '2026-11-22T10:00:00.000Z', cpu_percent: 0, memory_bytes: 0, heap_bytes: 0, lag_ms: 0, requests: 0, errors: 0, jobs: 0, restarts: 0,
  p50_ms: null, p95_ms: null,
}
const BUSY: Slot = { ...NOTHING, cpu_percent: 7, memory_bytes: 50, lag_ms: 2, requests: 12, errors: 1, p50_ms: 3, p95_ms: 9 }

function named(name: string, slots: Slot[]) {
  const found = seriesOf(slots).find((series) => series.name === name)
  if (!found) throw new Error(name)
  return found
}

test('where nothing ran there is no value, but a count of nothing', () => {
  expect(named('cpu', [NOTHING, BUSY]).lines).toEqual([[null, 7]])
  expect(named('requests', [NOTHING, BUSY]).lines).toEqual([[0, 12]])
  expect(named('latency', [NOTHING, BUSY]).lines).toEqual([[null, 9], [null, 3]])
})

test('counts are summed up, others say their last value', () => {
  expect(summaryOf(named('requests', [BUSY, BUSY]))).toEqual([24])
  expect(summaryOf(named('memory', [BUSY, NOTHING]))).toEqual([50])
  expect(summaryOf(named('latency', [BUSY, NOTHING]))).toEqual([9, 3])
  expect(summaryOf(named('lag', [NOTHING]))).toEqual([null])
})

test('a project that never ran has no history', () => {
  expect(hasRun([NOTHING, NOTHING])).toBe(false)
  expect(hasRun([NOTHING, { ...NOTHING, requests: 1 }])).toBe(true)
})

test('routes without a call come last', () => {
  const used = { route: 'GET /b', hits: 2, errors: 0, p50_ms: 1, p95_ms: 1 }
  const routes = [{ method: 'GET', path: '/a' }, { method: 'GET', path: '/b' }]
  expect(routesOf({ by_route: [used], routes }).map(({ route, hits }) => [route, hits])).toEqual([['GET /b', 2], ['GET /a', 0]])
})
