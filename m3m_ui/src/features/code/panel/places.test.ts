import { expect, it } from 'vitest'
import { placesIn } from './places'

it('finds places in a stack', () => {
  expect(placesIn('Error: no\n    at total (lib/prices.js:3:7)\n    at main.js:12')).toEqual([
    'Error: no\n    at total (',
    { text: 'lib/prices.js:3:7', file: 'lib/prices.js', line: 3, column: 7 },
    ')\n    at ',
    { text: 'main.js:12', file: 'main.js', line: 12, column: 1 },
  ])
})

it.each(['', 'at 10:15:30', 'http://a.example:80/x'])('leaves "%s" as it is', (text) => {
  expect(placesIn(text).join('')).toBe(text)
})
