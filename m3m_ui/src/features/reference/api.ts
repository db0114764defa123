import { useQuery } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'

export type Module = components['schemas']['ModuleAnswer']
export type ModuleFunction = components['schemas']['FunctionAnswer']

/** The modules of this server; they change with its plugins only. */
export function useModules() {
  return useQuery({
    queryKey: ['reference'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/runtime/modules', { signal })),
    staleTime: Infinity,
  })
}
