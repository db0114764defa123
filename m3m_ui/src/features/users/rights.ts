import type { User } from '@/lib/session'
import { rightsOf } from '@/lib/use-user'

export const RIGHTS = ['create_projects', 'manage_users'] as const
export type Right = (typeof RIGHTS)[number]

/** What the server would allow `me` to do with a user; it has the last word. */
export interface Allowed {
  edit: boolean
  /** Block, unblock, delete. */
  remove: boolean
  password: boolean
  permissions: boolean
}

export function allowed(me: User, other: User): Allowed {
  const edit = rightsOf(me).manageUsers && (!other.is_root || other.id === me.id)
  return {
    edit,
    remove: edit && !other.is_root && other.id !== me.id,
    password: me.is_root && other.id !== me.id,
    permissions: edit && !other.is_root,
  }
}

/** A right that somebody has can be taken by everyone who manages users, but given only by those who have it. */
export function mayTurn(me: User, right: Right, given: boolean): boolean {
  const own = rightsOf(me)
  return given || (right === 'create_projects' ? own.createProjects : own.manageUsers)
}
