import { expect, it } from 'vitest'
import { nextVersion } from './versions'

it.each([
  [undefined, 'minor', '0.1'],
  [undefined, 'major', '1.0'],
  ['0.9', 'minor', '0.10'],
  ['1.7', 'major', '2.0'],
] as const)('after %s a %s release is %s', (newest, bump, next) => {
  expect(nextVersion(newest, bump)).toBe(next)
})
