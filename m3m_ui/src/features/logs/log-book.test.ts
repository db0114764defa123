import { beforeEach, expect, test, vi } from 'vitest'
import type { LogEntry } from '@/lib/log-stream'
import { LogBook } from './log-book'

beforeEach(() => {
  vi.useFakeTimers()
  return () => vi.useRealTimers()
})

function lines(from: number, to: number, level: LogEntry['level'] = 'info'): LogEntry[] {
  return Array.from({ length: to - from }, (_, index) => ({
    cursor: `run-1-${from + index}`, time: '2026-11-22T10:15:30.123Z', level, message: `line ${from + index}`,
  }))
}

function shown(book: LogBook): string[] {
  vi.runAllTimers()
  return book.store.get().entries.map((entry) => entry.message)
}

test('older lines come before, live ones after, none of them twice', () => {
  const book = new LogBook({ level: '', search: '' })
  book.open(lines(3, 6), true)
  book.append(lines(5, 8))
  book.prepend(lines(1, 4), false)
  expect(shown(book)).toEqual(['line 1', 'line 2', 'line 3', 'line 4', 'line 5', 'line 6', 'line 7'])
  expect(book.store.get().hasOlder).toBe(false)
})

test('live lines are filtered', () => {
  const book = new LogBook({ level: 'warn', search: 'LINE 2' })
  book.append([...lines(1, 4), ...lines(1, 4, 'warn')])
  expect(shown(book)).toEqual(['line 2'])
})

test('a pause holds lines back and counts them', () => {
  const book = new LogBook({ level: '', search: '' })
  book.open(lines(1, 2), false)
  book.pause(true)
  book.append(lines(2, 5))
  expect(shown(book)).toEqual(['line 1'])
  expect(book.store.get()).toMatchObject({ held: 3, isPaused: true })
  book.pause(false)
  expect(shown(book)).toHaveLength(4)
  expect(book.store.get()).toMatchObject({ held: 0, isPaused: false })
})

test('a new run begins anew, but not under the eyes of somebody who has paused', () => {
  const book = new LogBook({ level: '', search: '' })
  book.open(lines(1, 3), false)
  book.pause(true)
  book.reset()
  book.append(lines(7, 8))
  expect(shown(book)).toEqual(['line 1', 'line 2'])
  book.pause(false)
  expect(shown(book)).toEqual(['line 7'])
  expect(book.store.get()).toMatchObject({ beginning: 1, hasOlder: true })
})

test('memory is bounded', () => {
  const book = new LogBook({ level: '', search: '' })
  book.open(lines(0, 49_999), false)
  book.append(lines(49_999, 50_010))
  expect(shown(book)).toHaveLength(50_000)
  expect(book.store.get().hasOlder).toBe(true)
})
