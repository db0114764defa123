import { expect, test } from 'vitest'
import { sparkPath } from './spark-path'

test.each([
  [[], ''],
  [[0, 0], 'M0,22.5L100,22.5'],
  [[1, 2], 'M0,12L100,1.5'],
  [[5], 'M0,1.5h1'],
  [[-1, 1], 'M0,22.5L100,1.5'],
  [[1, null, 1], 'M0,1.5h1M100,1.5h1'],
  [[1, Number.NaN], 'M0,1.5h1'],
])('the line of %j', (values, line) => {
  expect(sparkPath(values, 100, 24).line).toBe(line)
})

test('a given maximum is the top', () => {
  expect(sparkPath([50, 50], 100, 24, 100).line).toBe('M0,12L100,12')
})
