import { describe, expect, test } from 'vitest'
import type { Field } from './types'
import { change, creation, fromForm, jsonProblem, newValues, toForm } from './values'

function field(type: string, more: Partial<Field> = {}): Field {
  return { key: type, type, options: {}, label: '', help: '', required: false, nullable: true, default_value: null, unique: false, index: false, ...more }
}

test.each([
  [field('string'), 'a', 'a'],
  [field('number'), 5, '5'],
  [field('float'), 0.1, '0.1'],
  [field('document'), { a: [1] }, '{\n  "a": [\n    1\n  ]\n}'],
  [field('bool'), null, null],
  [field('bool', { nullable: false }), null, false],
  [field('multiselect'), null, []],
  [field('ref', { options: { multiple: true } }), ['x'], ['x']],
  [field('date'), null, ''],
])('%j: %j becomes %j and back', (spec, value, shown) => {
  expect(toForm(spec, value)).toEqual(shown)
  if (value !== null) expect(fromForm(spec, shown)).toEqual(value)
})

describe('what is written', () => {
  test.each([
    [field('number'), ' 12 ', 12],
    [field('float'), '1,5', 1.5],
    [field('number'), 'twelve', 'twelve'],
    [field('number'), '', null],
    [field('string'), '', null],
    [field('string', { nullable: false }), '', ''],
    [field('document'), '{bad', '{bad'],
  ])('%j: %j is sent as %j', (spec, text, sent) => {
    expect(fromForm(spec, text)).toEqual(sent)
  })
})

test('a new record has the defaults, and leaves out what is empty', () => {
  const fields = [field('string', { required: true, nullable: false }), field('number', { default_value: 3 }), field('date', { default_value: '$now' })]
  const values = newValues(fields)
  expect(values.number).toBe('3')
  expect(values.date).toMatch(/^\d{4}-\d\d-\d\d$/)
  expect(Object.keys(creation(fields, values))).toEqual(['number', 'date'])
})

test('a change holds what was changed only', () => {
  const fields = [field('string'), field('number')]
  expect(change(fields, { string: 'b', number: '1' }, { string: 'a', number: '1' })).toEqual({ string: 'b' })
})

test('what is wrong with JSON', () => {
  expect(jsonProblem('')).toBeUndefined()
  expect(jsonProblem('{}')).toBeUndefined()
  expect(jsonProblem('{')).toBeTruthy()
})
