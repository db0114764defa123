import { formatDate, formatShortDate } from '@/lib/format'
import type { Group, Point } from './api'

const DAY_MS = 86_400_000
export const LONGEST_DAYS = 1100
export const SPANS = [7, 30, 90, 365] as const
export const GROUPS = ['day', 'week', 'month', 'total'] as const satisfies readonly Group[]
const DAY = /^\d{4}-\d{2}-\d{2}$/

/** Days are UTC, as the server counts them: 2026-11-22. */
export function today(now = Date.now()): string {
  return new Date(now).toISOString().slice(0, 10)
}

/** Noon: the same day everywhere. */
const noonOf = (day: string) => `${day}T12:00:00`

/** Nov 22, 2026. */
export function dayName(day: string): string {
  return formatDate(noonOf(day))
}

/** Nov 22, or with its year when that is another. */
export function shortDayName(day: string): string {
  return formatShortDate(noonOf(day))
}

export function isDay(text: string): boolean {
  return DAY.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)
}

/** The first of so many days that end with `last`. */
export function daysBefore(last: string, days: number): string {
  return today(Date.parse(last) - (days - 1) * DAY_MS)
}

export function daysOf(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1
}

export type Wrong = 'order' | 'long'

export function wrongPeriod(from: string, to: string): Wrong | undefined {
  if (from > to) return 'order'
  return daysOf(from, to) > LONGEST_DAYS ? 'long' : undefined
}

export function isGroup(text: string): text is Group {
  return (GROUPS as readonly string[]).includes(text)
}

/** For spreadsheets: a line with the names, then one for each point. */
export function csvOf(points: readonly Point[]): string {
  return ['date,value', ...points.map(({ date, value }) => `${date},${value}`), ''].join('\r\n')
}
