import { expect, test } from 'vitest'
import { SLUG, slugOf } from './slug'

test.each([
  ['Weather station', 'weather-station'],
  ['Привет мир', 'privet-mir'],
  ['  Éclair & Co. ', 'eclair-and-co'],
  ['a'.repeat(80), 'a'.repeat(63)],
  ['—', ''],
])('%s', (name, slug) => {
  expect(slugOf(name)).toBe(slug)
  expect(slug === '' || SLUG.test(slug)).toBe(true)
})
