import { afterEach, expect, test } from 'vitest'
import { formatBytes, formatDuration, formatPercent, formatRelative, formatShortDate, formattingIn } from './format'

afterEach(() => formattingIn('en'))

test.each([
  [0, '0 bytes'],
  [1023, '1,023 bytes'],
  [1536, '1.5 kB'],
  [54 * 1024 * 1024, '54 MB'],
  [3 * 1024 ** 5, '3,072 TB'],
])('%d bytes', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [0, '0s'],
  [61, '1m 1s'],
  [3600, '1h'],
  [273_600, '3d 4h'],
])('%d seconds', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text)
})

test('small percentages keep a digit', () => {
  expect([formatPercent(0.24), formatPercent(42.4), formatPercent(180)]).toEqual(['0.2%', '42%', '180%'])
})

test('times are told from now, in the chosen language', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  expect(formatRelative('2026-11-22T09:55:00Z', now)).toBe('5 minutes ago')
  expect(formatRelative('2026-11-23T10:00:00Z', now)).toBe('tomorrow')
  formattingIn('ru')
  expect(formatRelative('2026-11-22T09:55:00Z', now)).toBe('5 минут назад')
})

test.each([
  ['2026-11-22T12:00:00', 'Nov 22'],
  ['2025-11-22T12:00:00', 'Nov 22, 25'],
])('%s has its year when that is not this one', (day, text) => {
  expect(formatShortDate(day, new Date('2026-11-29T12:00:00'))).toBe(text)
})
