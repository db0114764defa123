import { describe, expect, it } from 'vitest'
import { changesOf, contentOf, fileOfError, filesOf, merged, nameFault, namesOf, renamed, without } from './files'

const FILES = { 'main.js': 'm', 'lib/b.js': 'b', 'a.json': '{}' }

it('reads what it writes', () => {
  expect(filesOf(contentOf(FILES))).toEqual(FILES)
})

it('names the main file first', () => {
  expect(namesOf(FILES)).toEqual(['main.js', 'a.json', 'lib/b.js'])
})

it('tells what was added, changed and deleted', () => {
  expect(changesOf(FILES, { 'main.js': 'M', 'a.json': '{}', 'c.js': '' })).toEqual([
    { name: 'main.js', kind: 'changed' },
    { name: 'c.js', kind: 'added' },
    { name: 'lib/b.js', kind: 'deleted' },
  ])
})

describe('merged', () => {
  const base = { 'main.js': '1', 'a.js': '1', 'b.js': '1' }
  it.each([
    ['each changed another file', { ...base, 'a.js': 'mine' }, { ...base, 'b.js': 'theirs' }, { ...base, 'a.js': 'mine', 'b.js': 'theirs' }, []],
    ['both changed one file', { ...base, 'a.js': 'mine' }, { ...base, 'a.js': 'theirs' }, { ...base, 'a.js': 'mine' }, ['a.js']],
    ['both changed it alike', { ...base, 'a.js': 'x' }, { ...base, 'a.js': 'x' }, { ...base, 'a.js': 'x' }, []],
    ['I deleted what they left', without(base, 'a.js'), base, without(base, 'a.js'), []],
    ['I deleted what they changed', without(base, 'a.js'), { ...base, 'a.js': 'theirs' }, { ...base, 'a.js': 'theirs' }, ['a.js']],
    ['they deleted what I changed', { ...base, 'a.js': 'mine' }, without(base, 'a.js'), { ...base, 'a.js': 'mine' }, ['a.js']],
  ])('%s', (_case, mine, theirs, files, both) => {
    expect(merged(base, mine, theirs)).toEqual({ files, both })
  })
})

it.each([
  ['lib/x.js', undefined],
  ['', 'empty'],
  ['../x.js', 'wrong'],
  ['a//b', 'wrong'],
  ['.env', 'wrong'],
  ['main', 'reserved'],
  ['a.json', 'taken'],
])('a file named "%s" is %s', (name, fault) => {
  expect(nameFault(name, FILES)).toBe(fault)
})

it('keeps the place of a renamed file', () => {
  expect(Object.keys(renamed(FILES, 'lib/b.js', 'x.js'))).toEqual(['main.js', 'x.js', 'a.json'])
})

it.each([
  ['main', 'main.js'],
  ['main.js', 'main.js'],
  ['lib/b', 'lib/b.js'],
  ['./lib/b.js', 'lib/b.js'],
  ['gone.js', undefined],
  [null, undefined],
])('an error in %s is in %s', (given, name) => {
  expect(fileOfError(given, FILES)).toBe(name)
})
