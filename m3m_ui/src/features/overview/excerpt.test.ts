import { expect, test } from 'vitest'
import { codeAddress, excerptOf } from './excerpt'

const CODE = { code: 'one\ntwo\nthree\nfour\nfive\nsix', files: [{ name: 'lib/mail.js', code: 'a\r\nb' }] }

test.each([
  ['main.js', 4, [2, 3, 4, 5, 6]],
  ['main', 1, [1, 2, 3]],
  ['main.js', 6, [4, 5, 6]],
  ['./lib/mail', 2, [1, 2]],
  ['main.js', 7, []],
  ['main.js', 0, []],
  ['other.js', 1, []],
])('%s:%d', (file, line, numbers) => {
  const found = excerptOf(CODE, file, line)
  expect(found.map((each) => each.number)).toEqual(numbers)
  expect(found.filter((each) => each.isFault).map((each) => each.number)).toEqual(numbers.length > 0 ? [line] : [])
})

test('lines have no ends of other systems', () => {
  expect(excerptOf(CODE, 'lib/mail.js', 1).map((each) => each.text)).toEqual(['a', 'b'])
})

test('the address of a place', () => {
  expect(codeAddress('shop', { kind: 'branch', name: 'a/b' }, { file: 'main.js', line: 3, column: 7 })).toBe('/projects/shop/code?branch=a%2Fb&file=main.js&line=3&column=7')
  expect(codeAddress('shop', { kind: 'release', name: '1.0' }, { file: 'main.js', line: 3, column: null })).toBe('/projects/shop/code/releases/1.0?file=main.js&line=3')
  expect(codeAddress('shop', null)).toBe('/projects/shop/code')
})
