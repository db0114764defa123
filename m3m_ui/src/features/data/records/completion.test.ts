import { describe, expect, test } from 'vitest'
import type { Field, Model } from '../lib/types'
import { complete, lengthAt } from './completion'

function field(key: string, type: string, options: Record<string, unknown> = {}): Field {
  return { key, type, options, label: '', help: '', required: false, nullable: true, default_value: null, unique: false, index: false }
}

function model(slug: string, fields: Field[]): Model {
  const table_config = { columns: [], filters: [], sort_columns: [], searchable: [] }
  const form_config = { field_order: [], hidden_fields: [], field_views: {} }
  return { id: slug, name: slug, slug, fields, table_config, form_config, revision: 1, created_at: '', updated_at: '' }
}

const authors = model('authors', [field('name', 'string'), field('born', 'date')])
const posts = model('posts', [
  field('title', 'string'),
  field('views', 'number'),
  field('state', 'select', { values: ['draft', "it's out"] }),
  field('tags', 'multiselect', { values: ['a'] }),
  field('author', 'ref', { model: 'authors' }),
  field('done', 'bool'),
])

function offered(text: string): string[] {
  return complete(text, text.length, posts, [posts, authors]).items.map((item) => item.text)
}

describe('what is offered', () => {
  test.each([
    ['', ['title', 'views', 'state', 'tags', 'author', 'done', 'id', 'created_at', 'updated_at']],
    ['ti', ['title']],
    ['title', []],
    ['title ', ['=', '!=', '~', '!~']],
    ['views ', ['=', '!=', '>', '>=', '<', '<=']],
    ['views >', ['>', '>=']],
    ['tags ', ['?=', '?!=', '?~', '=', '!=', '~', '!~']],
    ['done = ', ['true', 'false']],
    ['state = ', ["'draft'", "'it\\'s out'"]],
    ["state = 'dr", ["'draft'"]],
    ['author.', ['author.name', 'author.born', 'author.id', 'author.created_at', 'author.updated_at']],
    ['author.na', ['author.name']],
    ['author.born > @tod', ['@todayStart', '@todayEnd']],
    ["title ~ 'x'", ['&&', '||']],
    ['views > 1 &', ['&&']],
    ['views > 1 && (do', ['done']],
    ['(views > 1) ', ['&&', '||']],
    ['nothing.', []],
  ])('after %j', (text, expected) => {
    expect(offered(text)).toEqual(expected)
  })

  test('what is chosen replaces what was begun', () => {
    expect(complete('views > 1 && ti', 15, posts, []).from).toBe(13)
    expect(complete('views  = 1', 6, posts, []).from).toBe(6)
  })
})

test.each([
  ['nme = 1', 0, 3],
  ["title ~ 'abc def'", 8, 9],
  ['title', 5, 1],
  ['a # b', 2, 1],
])('the length of what is wrong in %j at %d', (text, position, length) => {
  expect(lengthAt(text, position)).toBe(length)
})
