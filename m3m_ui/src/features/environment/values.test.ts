import { describe, expect, it } from 'vitest'
import { parse, written } from './values'

describe('parse', () => {
  it.each([
    ['string', ' a ', { value: ' a ' }],
    ['integer', '42', { value: 42 }],
    ['integer', '4.2', { wrong: 'integer' }],
    ['integer', '9007199254740993', { wrong: 'integer' }],
    ['integer', '', { wrong: 'integer' }],
    ['float', '-1.5e3', { value: -1500 }],
    ['float', '', { wrong: 'float' }],
    ['float', 'Infinity', { wrong: 'float' }],
    ['boolean', 'true', { value: true }],
    ['boolean', 'false', { value: false }],
    ['json', '{"a": [1]}', { value: { a: [1] } }],
    ['json', '{a: 1}', { wrong: 'json' }],
  ] as const)('%s %s', (type, text, expected) => {
    expect(parse(type, text)).toEqual(expected)
  })

  it.each([
    ['json', { a: [1, null] }],
    ['float', 0.1],
    ['boolean', false],
    ['text', 'two\nlines'],
  ] as const)('reads what is written: %s', (type, value) => {
    expect(parse(type, written(type, value))).toEqual({ value })
  })
})
