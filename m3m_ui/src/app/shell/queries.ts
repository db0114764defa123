import { queryOptions } from '@tanstack/react-query'
import { api, dataOf } from '@/lib/api'

const SHOWN = 12

export const sidebarProjectsQuery = queryOptions({
  queryKey: ['projects', 'sidebar'],
  queryFn: ({ signal }) => dataOf(api.GET('/api/projects', { params: { query: { per_page: SHOWN } }, signal })),
  staleTime: 30_000,
})

export function projectSearchQuery(search: string) {
  return queryOptions({
    queryKey: ['projects', 'palette', search],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects', { params: { query: { search, per_page: SHOWN } }, signal })),
  })
}
