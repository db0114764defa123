import { describe, expect, it } from 'vitest'
import type { User } from '@/lib/session'
import { allowed, mayTurn } from './rights'

const user = (id: string, rights: Partial<User> & { manage?: boolean; create?: boolean } = {}): User => {
  const { manage = false, create = false, ...rest } = rights
  const permissions = { manage_users: manage, create_projects: create, project_access: [] }
  return { id, email: `${id}@example.com`, name: id, avatar: null, is_root: false, is_blocked: false, permissions, created_at: '', updated_at: '', ...rest }
}
const root = user('root', { is_root: true })
const manager = user('manager', { manage: true })
const plain = user('plain')

describe('allowed', () => {
  it.each([
    ['root', root, plain, { edit: true, remove: true, password: true, permissions: true }],
    ['root itself', root, root, { edit: true, remove: false, password: false, permissions: false }],
    ['a manager', manager, plain, { edit: true, remove: true, password: false, permissions: true }],
    ['a manager with root', manager, root, { edit: false, remove: false, password: false, permissions: false }],
    ['a manager with itself', manager, manager, { edit: true, remove: false, password: false, permissions: true }],
    ['others', plain, manager, { edit: false, remove: false, password: false, permissions: false }],
  ])('%s', (_who, me, other, expected) => expect(allowed(me, other)).toEqual(expected))
})

it('nobody gives a right that they lack, everybody who manages takes it', () => {
  expect(mayTurn(manager, 'create_projects', false)).toBe(false)
  expect(mayTurn(manager, 'create_projects', true)).toBe(true)
  expect(mayTurn(manager, 'manage_users', false)).toBe(true)
  expect(mayTurn(root, 'create_projects', false)).toBe(true)
})
