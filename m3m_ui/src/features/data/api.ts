import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import type { Model } from './lib/types'

/** More than a project may have. */
const ALL = 1000

export type ModelBody = components['schemas']['NewModel']

export type Report = components['schemas']['ReportAnswer']
export type Effect = Report['effects'][number]

export function dataKey(project: string, ...more: readonly unknown[]) {
  return ['project', project, 'data', ...more] as const
}

export function modelsQuery(project: string) {
  return queryOptions({
    queryKey: dataKey(project, 'models'),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/models', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

export function useModels() {
  return useQuery(modelsQuery(useProjectSlug()))
}

/** Another model of the project, once they are known. */
export function useOtherModel(slug: string | undefined): Model | undefined {
  return useModels().data?.items.find((model) => model.slug === slug)
}

/** Asks for a model as it is at this moment. */
export function useNewestModel(): (model: string) => Promise<Model> {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return (model) => {
    void queries.invalidateQueries({ queryKey: modelsQuery(project).queryKey })
    return dataOf(api.GET('/api/projects/{project}/models/{model}', { params: { path: { project, model } } }))
  }
}

export function useCreateModel() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (body: ModelBody) => dataOf(api.POST('/api/projects/{project}/models', { params: { path: { project } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: dataKey(project) }),
    meta: { silent: true },
  })
}

interface Change {
  model: string
  body: ModelBody & { revision: number }
  force?: boolean
}

/** What a change would do to the records; with `force`, if values may be lost. */
export function useModelReport() {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async ({ model, body, force = false }: Change) => {
      const params = { path: { project, model }, query: { dry_run: true, force } }
      return (await dataOf(api.PUT('/api/projects/{project}/models/{model}', { params, body }))) as Report // with dry_run
    },
    meta: { silent: true },
  })
}

export function useChangeModel() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ model, body, force = false }: Change) => {
      const params = { path: { project, model }, query: { force } }
      return (await dataOf(api.PUT('/api/projects/{project}/models/{model}', { params, body }))) as Model // without dry_run
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: dataKey(project) }),
    meta: { silent: true },
  })
}

export function useDeleteModel() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (model: string) => dataOf(api.DELETE('/api/projects/{project}/models/{model}', { params: { path: { project, model } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: modelsQuery(project).queryKey }),
  })
}
