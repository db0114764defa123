import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { projectQuery, type ProjectWithKey, useProjectSlug } from '@/lib/project'

export type Member = components['schemas']['MemberAnswer']
export type Changes = Pick<components['schemas']['ProjectChanges'], 'name' | 'slug' | 'color' | 'auto_start' | 'instances'>

/** More than a project has; the server's own limit of a page. */
const ALL = 1000
const FOUND = 8

export function useUpdate() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: Changes) => dataOf(api.PUT('/api/projects/{project}', { params: { path: { project } }, body })),
    onSuccess: async (changed) => {
      // under a new slug the page does not begin empty
      queries.setQueryData<ProjectWithKey>(projectQuery(changed.slug).queryKey, (known) => {
        const before = known ?? queries.getQueryData<ProjectWithKey>(projectQuery(project).queryKey)
        return before && { ...before, ...changed }
      })
      await queries.invalidateQueries({ queryKey: ['projects'] })
    },
    meta: { silent: true },
  })
}

/** `leave` goes to another page: what is deleted is not asked for again, and nothing of it is kept. */
export function useDelete(leave: () => Promise<void> | void) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => dataOf(api.DELETE('/api/projects/{project}', { params: { path: { project } } })),
    onSuccess: async () => {
      await leave()
      queries.removeQueries({ queryKey: ['project', project] })
      await queries.invalidateQueries({ queryKey: ['projects'] })
    },
  })
}

export function useNewKey() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => dataOf(api.POST('/api/projects/{project}/regenerate-key', { params: { path: { project } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: projectQuery(project).queryKey, exact: true }),
  })
}

const membersKey = (project: string) => ['project', project, 'settings', 'members']

export function useMembers() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: membersKey(project),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/members', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

/** Users whose name or email has the text. */
export function useUserSearch(search: string) {
  return useQuery({
    queryKey: ['settings', 'users', search],
    queryFn: ({ signal }) => dataOf(api.GET('/api/users', { params: { query: { search, per_page: FOUND } }, signal })),
    placeholderData: keepPreviousData,
  })
}

export function useAddMember() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (user_id: string) => dataOf(api.POST('/api/projects/{project}/members', { params: { path: { project } }, body: { user_id } })),
    onSettled: () => queries.invalidateQueries({ queryKey: membersKey(project) }),
  })
}

export function useRemoveMember() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (user: string) => dataOf(api.DELETE('/api/projects/{project}/members/{user}', { params: { path: { project, user } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: membersKey(project) }),
  })
}
