import { describe, expect, it } from 'vitest'
import type { Entry } from './api'
import { kindOf } from './kinds'
import { listed, type Sort } from './listing'
import { folderAddress, freeName, joined, nameOf, parentOf, trail } from './paths'

const entry = (name: string, size: number, at: string, is_dir = false): Entry => ({ name, path: name, size, is_dir, mime: null, updated_at: at })
const ENTRIES = [entry('b 10.txt', 5, '2026-01-02'), entry('b 9.txt', 7, '2026-01-03'), entry('Alpha.png', 9, '2026-01-01'), entry('zeta', 0, '2026-01-09', true)]

describe('listed', () => {
  it.each<[Sort, string, string[]]>([
    ['name', '', ['zeta', 'Alpha.png', 'b 9.txt', 'b 10.txt']],
    ['-name', '', ['zeta', 'b 10.txt', 'b 9.txt', 'Alpha.png']],
    ['size', '', ['zeta', 'b 10.txt', 'b 9.txt', 'Alpha.png']],
    ['-updated_at', '', ['zeta', 'b 9.txt', 'b 10.txt', 'Alpha.png']],
    ['name', 'TXT b', ['b 9.txt', 'b 10.txt']],
    ['name', 'nothing', []],
  ])('by %s with “%s”', (sort, search, names) => {
    expect(listed(ENTRIES, search, sort).map(({ name }) => name)).toEqual(names)
  })
})

describe('paths', () => {
  it.each([
    ['', 'a', 'a'],
    ['a/b', 'c', 'a/b/c'],
    ['a', '/b/', 'a/b'],
    ['', '', ''],
  ])('%s and %s', (folder, name, path) => expect(joined(folder, name)).toBe(path))

  it('knows the way up', () => {
    expect([parentOf('a/b/c'), parentOf('a'), nameOf('a/b'), nameOf('a')]).toEqual(['a/b', '', 'b', 'a'])
    expect(trail('a/b').map(({ path }) => path)).toEqual(['', 'a', 'a/b'])
  })

  it('writes names into addresses', () => {
    expect(folderAddress('p', 'отчёты/50% ?#')).toBe('/projects/p/files/%D0%BE%D1%82%D1%87%D1%91%D1%82%D1%8B/50%25%20%3F%23')
  })

  it.each([
    ['a.zip', [], 'a.zip'],
    ['a.zip', ['a.zip', 'a 2.zip'], 'a 3.zip'],
    ['.env', ['.env'], '.env 2'],
  ])('finds a free name for %s', (name, taken, free) => expect(freeName(name, new Set(taken))).toBe(free))
})

describe('kindOf', () => {
  it.each([
    ['a.png', 'image/png', 'image'],
    ['a.svg', 'image/svg+xml', 'image'],
    ['a.tif', 'image/tiff', 'other'],
    ['a.ts', 'video/mp2t', 'text'],
    ['a.mp4', 'video/mp4', 'video'],
    ['a.json', 'application/json', 'text'],
    ['.env', 'application/octet-stream', 'text'],
    ['a.zip', 'application/zip', 'archive'],
    ['a.pdf', 'application/pdf', 'pdf'],
    ['a', 'application/octet-stream', 'other'],
  ])('%s is %s', (name, mime, kind) => expect(kindOf({ name, mime, is_dir: false })).toBe(kind))
})
