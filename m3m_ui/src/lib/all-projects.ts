import { useQuery } from '@tanstack/react-query'
import { api, dataOf } from './api'
import type { Project } from './project'

const ALL = 1000

/** Every project that one may see, for names and for choosing among them; the first thousand. */
export function useAllProjects(): { projects: readonly Project[] | undefined; nameOf: (id: string) => string | undefined } {
  const { data } = useQuery({
    queryKey: ['projects', 'all'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects', { params: { query: { per_page: ALL } }, signal })),
    staleTime: 60_000,
  })
  const projects = data?.items
  return { projects, nameOf: (id) => projects?.find((each) => each.id === id)?.name }
}
