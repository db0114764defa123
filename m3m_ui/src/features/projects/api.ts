import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'

type NewProject = components['schemas']['NewProject']

export const PER_PAGE = 48
const LIST_MS = 10_000

/** One page of the projects that one may see. States change by themselves, so it is asked again now and then. */
export function projectsQuery(search: string, page: number) {
  return queryOptions({
    queryKey: ['projects', 'list', search, page],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects', { params: { query: { search, page, per_page: PER_PAGE } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: LIST_MS,
  })
}

export function useProjects(search: string, page: number) {
  return useQuery(projectsQuery(search, page))
}

export function useCreateProject() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: NewProject) => dataOf(api.POST('/api/projects', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['projects'] }),
    meta: { silent: true },
  })
}
