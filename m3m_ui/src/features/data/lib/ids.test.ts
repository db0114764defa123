import { expect, test } from 'vitest'
import { newId } from './ids'

test('ids have 24 hex digits, differ, and later ones sort after earlier ones', () => {
  const ids = [newId(), newId()]
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/)
  expect(ids[0]).not.toBe(ids[1])
  expect(parseInt(ids[0]?.slice(0, 8) ?? '', 16)).toBeCloseTo(Date.now() / 1000, -1)
})
