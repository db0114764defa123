import { useMutation } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { signedIn } from '@/lib/session'

// the refresh token is asked for as a cookie
const headers = { 'X-M3M-Session': 'cookie' }

export function useLogin() {
  return useMutation({
    mutationFn: (body: components['schemas']['Login']) => dataOf(api.POST('/api/auth/login', { body, headers })),
    onSuccess: signedIn,
    meta: { silent: true },
  })
}

export function useSetup() {
  return useMutation({
    mutationFn: (body: components['schemas']['Setup']) => dataOf(api.POST('/api/auth/setup', { body, headers })),
    onSuccess: signedIn,
    meta: { silent: true },
  })
}
