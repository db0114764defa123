import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, dataOf, rawFetch } from '@/lib/api'
import type { components } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { saveAs } from '@/lib/save-as'
import { dataKey } from './api'
import type { RecordData } from './lib/types'

/** As many as a list without a search may have. */
const FIRST = 200

export interface RecordsQuery {
  page: number
  per_page: number
  sort: string
  filter: string
  search: string
  fields: string
  expand: string
  skip_total: boolean
}

/** `total_items` is -1 when they were not counted. */
type RecordsPage = Omit<components['schemas']['Paged_RecordAnswer_'], 'items'> & { items: RecordData[] }

export function useRecords(model: string, query: RecordsQuery) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: dataKey(project, 'records', model, query),
    queryFn: async ({ signal }) =>
      (await dataOf(api.GET('/api/projects/{project}/models/{model}/data', { params: { path: { project, model }, query }, signal }))) as RecordsPage,
    // the rows stay while others are fetched, but not those of another model
    placeholderData: (before, last) => (last?.queryKey[4] === model ? before : undefined),
  })
}

/** The records of a ref's model that have a text in them, a few. */
export function useFound(model: string, search: string, enabled: boolean) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: dataKey(project, 'found', model, search),
    queryFn: async ({ signal }) => {
      const query = { per_page: 20, search, skip_total: true }
      return (await dataOf(api.GET('/api/projects/{project}/models/{model}/data', { params: { path: { project, model }, query }, signal }))).items as RecordData[]
    },
    placeholderData: keepPreviousData,
    enabled,
  })
}

/** The first records of a small model, by their names; `total` is more where there are more. */
export function useFirst(model: string, name: string | undefined) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: dataKey(project, 'found', model, 'first', name),
    queryFn: async ({ signal }) => {
      const query = { per_page: FIRST, ...(name === undefined ? {} : { fields: `id,${name}`, sort: name }) }
      const found = await dataOf(api.GET('/api/projects/{project}/models/{model}/data', { params: { path: { project, model }, query }, signal }))
      return { items: found.items as RecordData[], total: found.total_items }
    },
  })
}

/** Records by their ids, such as those that a ref has now. */
export function useNamed(model: string, ids: readonly string[]) {
  const project = useProjectSlug()
  const wanted = [...ids].sort()
  return useQuery({
    queryKey: dataKey(project, 'named', model, wanted),
    queryFn: async ({ signal }) => {
      const query = { per_page: wanted.length, filter: wanted.map((id) => `id='${id}'`).join('||'), skip_total: true }
      return (await dataOf(api.GET('/api/projects/{project}/models/{model}/data', { params: { path: { project, model }, query }, signal }))).items as RecordData[]
    },
    placeholderData: keepPreviousData,
    enabled: wanted.length > 0 && wanted.length <= 100,
  })
}

export function useRecord(model: string, record: string | undefined) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: dataKey(project, 'record', model, record),
    queryFn: ({ signal }) => fetchRecord(project, model, record ?? '', signal),
    enabled: record !== undefined,
    staleTime: 0,
    refetchOnWindowFocus: false, // what is being edited stays as it is
  })
}

export async function fetchRecord(project: string, model: string, record: string, signal?: AbortSignal): Promise<RecordData> {
  return (await dataOf(api.GET('/api/projects/{project}/models/{model}/data/{record}', { params: { path: { project, model, record } }, signal }))) as RecordData
}

/** After a change of records: all that shows some. */
function useRefresh() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return async () => {
    await Promise.all(['records', 'models', 'found', 'named', 'record'].map((part) => queries.invalidateQueries({ queryKey: dataKey(project, part) })))
  }
}

interface Saved {
  /** undefined: a new one. */
  record: string | undefined
  body: Record<string, unknown>
}

export function useSaveRecord(model: string) {
  const project = useProjectSlug()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ record, body }: Saved) =>
      (await (record === undefined
        ? dataOf(api.POST('/api/projects/{project}/models/{model}/data', { params: { path: { project, model } }, body }))
        : dataOf(api.PUT('/api/projects/{project}/models/{model}/data/{record}', { params: { path: { project, model, record } }, body })))) as RecordData,
    onSuccess: () => void refresh(),
    meta: { silent: true },
  })
}

/** All of them or none. */
export function useDeleteRecords(model: string) {
  const project = useProjectSlug()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: (ids: readonly string[]) => {
      const operations = ids.map((id) => ({ op: 'delete' as const, id }))
      return dataOf(api.POST('/api/projects/{project}/models/{model}/data/batch', { params: { path: { project, model } }, body: { operations } }))
    },
    onSuccess: () => void refresh(),
  })
}

export type Imported = components['schemas']['ImportAnswer']
export type FileFormat = 'csv' | 'json'

interface Import {
  file: Blob
  format: FileFormat
  mode: 'create' | 'upsert'
  dryRun: boolean
  skipErrors: boolean
}

export function useImport(model: string) {
  const project = useProjectSlug()
  const refresh = useRefresh()
  return useMutation({
    mutationFn: async ({ file, format, mode, dryRun, skipErrors }: Import) => {
      const query = new URLSearchParams({ format, mode, dry_run: String(dryRun), skip_errors: String(skipErrors) })
      const headers = { 'Content-Type': format === 'csv' ? 'text/csv' : 'application/json' }
      const answer = await rawFetch(`/projects/${project}/models/${model}/data/import?${query}`, { method: 'POST', body: file, headers })
      return (await answer.json()) as Imported
    },
    onSuccess: (done) => (done.dry_run ? undefined : void refresh()),
    meta: { silent: true },
  })
}

/** The records of the view as a file that the browser saves. */
export function useExport(model: string) {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async (query: { format: FileFormat; filter: string; search: string; fields: string }) => {
      const answer = await rawFetch(`/projects/${project}/models/${model}/data/export?${new URLSearchParams(query)}`)
      saveAs(await answer.blob(), `${project}-${model}.${query.format}`)
    },
  })
}

export function useUpload(model: string) {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async (files: readonly File[]) => {
      const form = new FormData()
      // a file of the same name would be replaced, and belong to two records
      for (const file of files) form.append('file', file, `${crypto.getRandomValues(new Uint32Array(1))[0]?.toString(36)}-${file.name}`)
      const answer = await rawFetch(`/projects/${project}/storage/upload?path=${encodeURIComponent(`data/${model}`)}`, { method: 'POST', body: form })
      const { items } = (await answer.json()) as components['schemas']['UploadAnswer']
      return items.map((entry) => entry.path)
    },
  })
}
