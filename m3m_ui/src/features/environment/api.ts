import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'

export type Variable = components['schemas']['VariableAnswer']
export type VariableType = Variable['type']
type NewVariable = components['schemas']['NewVariable']

/** More than a service has; the server's own limit of a page. */
const ALL = 1000

function useKey() {
  const project = useProjectSlug()
  return { project, queryKey: ['project', project, 'environment'] as const }
}

export function useVariables() {
  const { project, queryKey } = useKey()
  return useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/env', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

/** Adds a variable, or changes the one that had the key `known`. */
export function useSaveVariable(known: string | undefined) {
  const { project, queryKey } = useKey()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: NewVariable) =>
      known === undefined
        ? dataOf(api.POST('/api/projects/{project}/env', { params: { path: { project } }, body }))
        : dataOf(api.PUT('/api/projects/{project}/env/{key}', { params: { path: { project, key: known } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
    meta: { silent: true },
  })
}

export function useDeleteVariable() {
  const { project, queryKey } = useKey()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (key: string) => dataOf(api.DELETE('/api/projects/{project}/env/{key}', { params: { path: { project, key } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey }),
  })
}
