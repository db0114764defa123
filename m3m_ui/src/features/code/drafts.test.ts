import { expect, it, vi } from 'vitest'
import { type Draft, draftKey, storedDraft, storeDraft } from './drafts'

const KEY = draftKey('u', 'p', { name: 'develop', created_at: '2026-11-22T10:15:30.123Z' })
const DRAFT: Draft = { revision: 3, base: { 'main.js': 'a' }, files: { 'main.js': 'b' } }

it('keeps a draft until it is taken away', () => {
  expect(storeDraft(KEY, DRAFT)).toBe(true)
  expect(storedDraft(KEY)).toEqual(DRAFT)
  storeDraft(KEY, undefined)
  expect(storedDraft(KEY)).toBeUndefined()
})

it.each(['{', '{"revision": 1}', '{"revision": 1, "base": {"main.js": 1}, "files": {}}', '7'])('takes %s for no draft', (text) => {
  sessionStorage.setItem(KEY, text)
  expect(storedDraft(KEY)).toBeUndefined()
})

it('says when there is no room', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(storeDraft(KEY, DRAFT)).toBe(false)
})
