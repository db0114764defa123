import { api } from './api'
import { signedOut } from './session'
import { toastError } from './toast'

/** Ends this session, or all sessions of the user. Stays signed in when the server does not answer. */
export async function logout(everywhere = false): Promise<void> {
  try {
    await api.POST('/api/auth/logout', { body: { everywhere }, headers: { 'X-M3M-Session': 'cookie' } })
    signedOut()
  } catch (error) {
    toastError(error)
  }
}
