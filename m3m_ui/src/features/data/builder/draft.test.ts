import { describe, expect, test } from 'vitest'
import { ApiError } from '@/lib/api'
import type { Field, Model } from '../lib/types'
import { bodyOf, draftOf, emptyDraft, newField, problemsOf, retyped } from './draft'

function field(key: string, type: string, more: Partial<Field> = {}): Field {
  return { key, type, options: {}, label: '', help: '', required: false, nullable: true, default_value: null, unique: false, index: false, ...more }
}

const model: Model = {
  id: 'x', name: 'Posts', slug: 'posts', revision: 3, created_at: '', updated_at: '',
  fields: [field('title', 'string', { options: { max_length: 80 }, default_value: 'None' }), field('score', 'float', { options: { min: 0, max: 5 } }), field('day', 'date', { default_value: '$now' })],
  table_config: { columns: ['title', 'created_at'], filters: [], sort_columns: ['score'], searchable: ['title'] },
  form_config: { field_order: ['score', 'title', 'day'], hidden_fields: [], field_views: { score: 'slider' } },
}

test('a model that was not changed is sent as it was', () => {
  const body = bodyOf(draftOf(model))
  expect(body).toMatchObject({ name: 'Posts', slug: 'posts', table_config: model.table_config, form_config: model.form_config })
  expect(body.fields).toEqual(model.fields.map((each) => ({ ...each, old_key: null })))
})

test('a new key is told with the old one, and stands in the settings', () => {
  const draft = draftOf(model)
  const [first, ...rest] = draft.fields
  const body = bodyOf({ ...draft, fields: first ? [{ ...first, key: 'heading' }, ...rest] : [] })
  expect(body.fields[0]).toMatchObject({ key: 'heading', old_key: 'title' })
  expect(body.table_config).toMatchObject({ columns: ['heading', 'created_at'], searchable: ['heading'] })
})

test('what a field cannot be is left out of the settings', () => {
  const draft = draftOf(model)
  const fields = draft.fields.map((each) => (each.key === 'score' ? retyped(each, 'document') : each))
  const body = bodyOf({ ...draft, fields: fields.filter((each) => each.key !== 'title') })
  expect(body.table_config).toEqual({ columns: ['created_at'], filters: [], sort_columns: [], searchable: [] })
  expect(body.form_config).toEqual({ field_order: ['score', 'day'], hidden_fields: [], field_views: {} })
})

describe('options', () => {
  test.each([
    ['number' as const, { min: '1', max: '' }, { min: 1 }],
    ['number' as const, { min: 'one' }, { min: 'one' }],
    ['select' as const, { values: ['a ', '', 'b'] }, { values: ['a', 'b'] }],
    ['file' as const, { multiple: true, max: '3', mime: [''] }, { multiple: true, max: 3 }],
    ['file' as const, { multiple: false, max: '3' }, {}],
  ])('of %s: %j are sent as %j', (type, options, sent) => {
    const draft = { ...emptyDraft(), fields: [{ ...newField(type), key: 'a', options }] }
    expect(bodyOf(draft).fields[0]?.options).toEqual(sent)
  })
})

test('complaints are kept with their fields, wherever these are dragged', () => {
  const draft = draftOf(model)
  const error = new ApiError(422, { fields: { 'fields.1.options.max': { code: 'x', message: 'Too small.' }, slug: { code: 'x', message: 'Bad.' } } })
  expect(problemsOf(error, draft)).toEqual({ model: { slug: 'Bad.' }, fields: { [draft.fields[1]?.uid ?? '']: { 'options.max': 'Too small.' } } })
})
