import { expect, test } from 'vitest'
import { splitOffPage } from './palette-words'

const PAGES = [{ name: 'Logs' }, { name: 'Data' }, { name: 'Settings' }]

test.each([
  ['weather logs', ['Logs'], 'weather'],
  ['weather station se', ['Settings'], 'weather station'],
  ['Data  shop', ['Data'], 'shop'],
])('%s', (text, pages, rest) => {
  expect(splitOffPage(text, PAGES)).toEqual({ pages: pages.map((name) => ({ name })), rest })
})

test.each(['', 'logs', 'weather station'])('%s names no page of another project', (text) => {
  expect(splitOffPage(text, PAGES)).toBeUndefined()
})
