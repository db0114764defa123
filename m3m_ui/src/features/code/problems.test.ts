import { expect, it } from 'vitest'
import { errorOfDetails, problemOf, sorted } from './problems'

const FILES = { 'main.js': '', 'lib/a.js': '' }

it('finds the place of a refused start in the files', () => {
  const error = errorOfDetails({ message: 'TypeError: no', file: 'lib/a', line: 3, column: 7, stack: '' }, 'x')
  expect(problemOf(error, FILES)).toEqual({ file: 'lib/a.js', line: 3, column: 7, message: 'TypeError: no', kind: 'run' })
})

it.each([[{}], [{ file: 'gone.js', line: 1 }], [{ file: 'main.js', line: null }]])('has no place for %s', (details) => {
  expect(problemOf(errorOfDetails(details, 'it failed'), FILES)).toBeUndefined()
})

it('puts errors of the run first', () => {
  const at = { file: 'main.js', column: 1, message: '' }
  const kinds = sorted([{ ...at, line: 1, kind: 'warning' }, { ...at, line: 9, kind: 'run' }, { ...at, line: 5, kind: 'error' }]).map((each) => each.kind)
  expect(kinds).toEqual(['run', 'error', 'warning'])
})
