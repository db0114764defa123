import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { session, type User, userChanged } from '@/lib/session'

type NewUser = components['schemas']['NewUser']
type UserChanges = Partial<components['schemas']['UserChanges']>

export const PER_PAGE = 50
const queryKey = ['users']

export function useUsers(search: string, page: number) {
  return useQuery({
    queryKey: [...queryKey, 'list', search, page],
    queryFn: ({ signal }) => dataOf(api.GET('/api/users', { params: { query: { search, page, per_page: PER_PAGE } }, signal })),
    placeholderData: keepPreviousData,
  })
}

/** One user, by the address; undefined asks for none. */
export function useOneUser(user: string | undefined) {
  return useQuery({
    queryKey: [...queryKey, 'one', user],
    queryFn: ({ signal }) => dataOf(api.GET('/api/users/{user}', { params: { path: { user: user ?? '' } }, signal })),
    enabled: user !== undefined,
  })
}

function useChange<T>(change: (value: T) => Promise<User | undefined>, silent = false) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (user) => {
      const now = session.get()
      if (user && now.state === 'user' && now.user.id === user.id) userChanged(user)
      return queries.invalidateQueries({ queryKey })
    },
    meta: { silent },
  })
}

export function useCreateUser() {
  return useChange((body: NewUser) => dataOf(api.POST('/api/users', { body })), true)
}

export function useUpdateUser(user: string) {
  // the keys that are not given stay as they are, which the document of the API cannot say
  return useChange((body: UserChanges) => dataOf(api.PUT('/api/users/{user}', { params: { path: { user } }, body: body as UserChanges & Required<UserChanges> })), true)
}

export function useBlockUser() {
  return useChange(({ user, blocked }: { user: string; blocked: boolean }) =>
    blocked
      ? dataOf(api.POST('/api/users/{user}/block', { params: { path: { user } } }))
      : dataOf(api.POST('/api/users/{user}/unblock', { params: { path: { user } } })),
  )
}

export function useDeleteUser() {
  return useChange((user: string) => dataOf(api.DELETE('/api/users/{user}', { params: { path: { user } } })))
}
