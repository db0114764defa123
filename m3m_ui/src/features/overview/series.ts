import type { Monitor, Slot } from './api'

export interface Series {
  name: 'cpu' | 'memory' | 'requests' | 'errors' | 'latency' | 'lag'
  /** One value for each slot, null where there is none; the first line is the main one. */
  lines: readonly (readonly (number | null)[])[]
  /** The scale goes up to this at least, so that noise stays small. */
  least: number
}

/** What is drawn of the last day. */
export function seriesOf(slots: readonly Slot[]): Series[] {
  const each = (value: (slot: Slot) => number | null) => slots.map(value)
  const whileRunning = (value: (slot: Slot) => number) => each((slot) => (slot.memory_bytes > 0 ? value(slot) : null))
  return [
    { name: 'cpu', lines: [whileRunning((slot) => slot.cpu_percent)], least: 10 },
    { name: 'memory', lines: [whileRunning((slot) => slot.memory_bytes)], least: 1 },
    { name: 'requests', lines: [each((slot) => slot.requests)], least: 4 },
    { name: 'errors', lines: [each((slot) => slot.errors)], least: 4 },
    { name: 'latency', lines: [each((slot) => slot.p95_ms), each((slot) => slot.p50_ms)], least: 1 },
    { name: 'lag', lines: [whileRunning((slot) => slot.lag_ms)], least: 10 },
  ]
}

/** Whether anything has run in that time. */
export function hasRun(slots: readonly Slot[]): boolean {
  return slots.some((slot) => slot.memory_bytes > 0 || slot.requests > 0)
}

/** Numbers that are counted have a total, others a value of now, which is the last that there is. */
export function summaryOf(series: Series): (number | null)[] {
  return series.lines.map((line) => {
    if (series.name === 'requests' || series.name === 'errors') return line.reduce<number>((sum, value) => sum + (value ?? 0), 0)
    return line.findLast((value) => value !== null) ?? null
  })
}

export type RouteFigures = Monitor['by_route'][number]

/** Routes that were called, the most used first, then those that wait for their first call. */
export function routesOf(monitor: Pick<Monitor, 'by_route' | 'routes'>): RouteFigures[] {
  const called = new Set(monitor.by_route.map((route) => route.route))
  const waiting = monitor.routes.map(({ method, path }) => `${method} ${path}`).filter((route) => !called.has(route))
  return [...monitor.by_route, ...waiting.map((route) => ({ route, hits: 0, errors: 0, p50_ms: null, p95_ms: null }))]
}
