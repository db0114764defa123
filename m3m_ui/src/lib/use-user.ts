import { session, type User } from './session'
import { useStore } from './store'

/** Whoever is signed in. For components inside of the shell only. */
export function useUser(): User {
  const now = useStore(session)
  if (now.state !== 'user' && now.state !== 'expired') throw new Error('nobody is signed in')
  return now.user
}

/** What the user may do; the server decides, this is for what is shown. */
export function rightsOf(user: User): { createProjects: boolean; manageUsers: boolean } {
  return {
    createProjects: user.is_root || user.permissions?.create_projects === true,
    manageUsers: user.is_root || user.permissions?.manage_users === true,
  }
}
