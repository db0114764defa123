import { expect, it } from 'vitest'
import { rowsOf } from './tree-rows'

it('has each folder once, before its files', () => {
  const rows = rowsOf(['main.js', 'lib/a.js', 'lib/deep/b.js', 'lib/deep/c.js'])
  expect(rows.map((row) => `${'  '.repeat(row.depth)}${row.label}${row.isFolder ? '/' : ''}`)).toEqual([
    'main.js',
    'lib/',
    '  a.js',
    '  deep/',
    '    b.js',
    '    c.js',
  ])
})
