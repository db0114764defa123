import { useMutation } from '@tanstack/react-query'
import { api, type components, dataOf, rawFetch } from '@/lib/api'
import { type User, userChanged } from '@/lib/session'

type NewPassword = components['schemas']['NewPassword']

export function useRename() {
  return useMutation({
    mutationFn: (name: string) => dataOf(api.PUT('/api/users/me', { body: { name } })),
    onSuccess: userChanged,
    meta: { silent: true },
  })
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: NewPassword) => dataOf(api.PUT('/api/users/me/password', { body })),
    meta: { silent: true },
  })
}

export function useUploadAvatar() {
  return useMutation({
    mutationFn: async (file: File) => {
      const body = new FormData()
      body.set('file', file)
      return (await (await rawFetch('/users/me/avatar', { method: 'PUT', body })).json()) as User
    },
    onSuccess: userChanged,
  })
}
