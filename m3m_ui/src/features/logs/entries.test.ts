import { expect, test } from 'vitest'
import type { LogEntry } from '@/lib/log-stream'
import { headOf, levelOf, matches, pieces, textOf } from './entries'

const ENTRY: LogEntry = { cursor: 'a-1-2', time: '2026-11-22T10:15:30.123Z', level: 'error', message: 'Error: Wrong\n    at main.js:1:2' }

test.each([
  ['', '', true],
  ['error', '', true],
  ['warn', '', false],
  ['', 'wRONG', true],
  ['', 'main.js:1', true],
  ['error', 'nothing', false],
] as const)('level %s, text %s', (level, search, expected) => {
  expect(matches(ENTRY, { level, search })).toBe(expected)
})

test('lines after the first are counted', () => {
  expect(headOf(ENTRY.message)).toEqual({ head: 'Error: Wrong', more: 1, isCut: false })
  expect(headOf('one\n')).toEqual({ head: 'one', more: 0, isCut: false })
  expect(headOf('x'.repeat(3_000))).toEqual({ head: 'x'.repeat(2_000), more: 0, isCut: true })
  expect(headOf('one')).toEqual({ head: 'one', more: 0, isCut: false })
})

test('what was searched for is every second piece', () => {
  expect(pieces('Ready, ready', 'READY')).toEqual(['', 'Ready', ', ', 'ready', ''])
  expect(pieces('a+b', '+')).toEqual(['a', '+', 'b'])
  expect(pieces('ready', '')).toEqual(['ready'])
  expect(pieces('İx x', 'x')).toEqual(['İx x'])
})

test('an entry is copied as it stands in the file; a level of the address may be wrong', () => {
  expect(textOf(ENTRY)).toBe('[2026-11-22T10:15:30.123Z] [ERROR] Error: Wrong\n    at main.js:1:2')
  expect([levelOf('warn'), levelOf('loud')]).toEqual(['warn', ''])
})
