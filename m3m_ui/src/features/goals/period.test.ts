import { describe, expect, it } from 'vitest'
import { csvOf, daysBefore, daysOf, isDay, today, wrongPeriod } from './period'

describe('days', () => {
  it('are those of UTC', () => expect(today(Date.parse('2026-11-22T23:59:59Z'))).toBe('2026-11-22'))

  it.each([
    ['2026-11-22', 1, '2026-11-22'],
    ['2026-11-22', 7, '2026-11-16'],
    ['2026-03-01', 2, '2026-02-28'],
    ['2024-03-01', 2, '2024-02-29'],
  ])('%s is the last of %d', (last, days, first) => {
    expect(daysBefore(last, days)).toBe(first)
    expect(daysOf(first, last)).toBe(days)
  })

  it.each([
    ['2026-11-22', true],
    ['2026-02-30', false],
    ['2026-13-01', false],
    ['22.11.2026', false],
    ['', false],
  ])('%s is a day: %s', (text, right) => expect(isDay(text)).toBe(right))
})

it.each([
  ['2026-01-01', '2026-01-01', undefined],
  ['2026-01-02', '2026-01-01', 'order'],
  ['2020-01-01', '2026-01-01', 'long'],
] as const)('a period from %s to %s', (from, to, wrong) => expect(wrongPeriod(from, to)).toBe(wrong))

it('writes a table', () => {
  expect(csvOf([{ date: '2026-11-21', value: 3 }, { date: '2026-11-22', value: -1 }])).toBe('date,value\r\n2026-11-21,3\r\n2026-11-22,-1\r\n')
})
