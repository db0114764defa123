import { expect, test } from 'vitest'
import { csvLines, formatOf, preview } from './preview'

test.each([
  ['a,b\n1,2\n', [['a', 'b'], ['1', '2']]],
  ['a,b\r\n"1,5","say ""hi"""\r\n', [['a', 'b'], ['1,5', 'say "hi"']]],
  ['\uFEFFa\n"two\nlines"', [['a'], ['two\nlines']]],
  ['a,b,\n1,,', [['a', 'b', ''], ['1', '', '']]],
  ['', []],
])('the lines of %j', (text, lines) => {
  expect(csvLines(text, 10)).toEqual(lines)
})

test('no more lines than are wanted', () => {
  expect(csvLines('a\n1\n2\n3\n', 2)).toEqual([['a'], ['1']])
})

test('rows of JSON have the columns of all of them', () => {
  expect(preview('[{"a": 1}, {"b": {"c": true}}]', 'json')).toEqual({ header: ['a', 'b'], rows: [['1', ''], ['', '{"c":true}']] })
  expect(preview('{', 'json')).toBeUndefined()
})

test('the format is that of the name', () => {
  expect(formatOf({ name: 'x.JSON', type: '' })).toBe('json')
  expect(formatOf({ name: 'x.csv', type: 'text/csv' })).toBe('csv')
})
