import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'

export type Plugin = components['schemas']['PluginEntry']

const ALL = 1000
const queryKey = ['plugins']

export function usePlugins() {
  return useQuery({
    queryKey,
    queryFn: ({ signal }) => dataOf(api.GET('/api/plugins', { params: { query: { per_page: ALL } }, signal })),
  })
}

export function useReloadPlugin() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (plugin: string) => dataOf(api.POST('/api/plugins/{plugin}/reload', { params: { path: { plugin } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
}
