import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'

export type Entry = components['schemas']['EntryAnswer']
export type Link = components['schemas']['LinkEntry']

const PAGE = 1000
const MOST_PAGES = 10

/** Everything in a folder, so that it is sorted and searched without waiting. `total` is more where it was cut. */
async function wholeFolder(project: string, path: string, signal: AbortSignal): Promise<{ items: Entry[]; total: number }> {
  const items: Entry[] = []
  for (let page = 1; ; page++) {
    const query = { path, page, per_page: PAGE }
    const found = await dataOf(api.GET('/api/projects/{project}/storage', { params: { path: { project }, query }, signal }))
    items.push(...found.items)
    if (page >= found.total_pages || page === MOST_PAGES) return { items, total: found.total_items }
  }
}

export const filesKey = (project: string) => ['project', project, 'files']

export function folderQuery(project: string, path: string) {
  return queryOptions({
    queryKey: [...filesKey(project), 'folder', path],
    queryFn: ({ signal }) => wholeFolder(project, path, signal),
  })
}

export function useFolder(path: string) {
  return useQuery(folderQuery(useProjectSlug(), path))
}

/** A change of files, after which folders are asked for again; nobody waits for them when it failed, with a server that is away. */
function useChange<T, R>(change: (project: string, value: T) => Promise<R>, silent = false) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (value: T) => change(project, value),
    onSettled: (_done, failure) => {
      const fresh = queries.invalidateQueries({ queryKey: filesKey(project) })
      return failure ? undefined : fresh
    },
    meta: { silent },
  })
}

export function useMakeFolder() {
  return useChange((project, path: string) => dataOf(api.POST('/api/projects/{project}/storage/mkdir', { params: { path: { project } }, body: { path } })), true)
}

export function useMakeFile() {
  return useChange((project, path: string) => dataOf(api.POST('/api/projects/{project}/storage/file', { params: { path: { project } }, body: { path, content: '' } })), true)
}

const rename = (project: string, body: { from: string; to: string }) =>
  dataOf(api.PUT('/api/projects/{project}/storage/rename', { params: { path: { project } }, body }))

export function useRename() {
  return useChange(rename, true)
}

/** One after the other; the first refusal ends it, what was moved before stays moved. */
export function useMoveAll() {
  return useChange(async (project, moves: { from: string; to: string }[]) => {
    for (const move of moves) await rename(project, move)
  })
}

/** One after the other. What is gone already is no failure. */
export function useDeleteAll() {
  return useChange(async (project, paths: string[]) => {
    for (const path of paths) {
      await dataOf(api.DELETE('/api/projects/{project}/storage', { params: { path: { project }, query: { path } } }))
    }
  })
}

export function usePack() {
  return useChange((project, body: { paths: string[]; to: string }) => dataOf(api.POST('/api/projects/{project}/storage/zip', { params: { path: { project } }, body })), true)
}

export function useUnpack() {
  return useChange((project, body: { path: string; to: string }) => dataOf(api.POST('/api/projects/{project}/storage/unzip', { params: { path: { project } }, body })))
}

/** `etag` is what the server calls this content; null behind a proxy that takes it away. */
export interface Text {
  content: string
  etag: string | null
}

export async function fetchText(project: string, path: string, signal?: AbortSignal): Promise<Text> {
  const { data, response } = await api.GET('/api/projects/{project}/storage/file/{path}', { params: { path: { project, path } }, signal })
  return { content: data?.content ?? '', etag: response.headers.get('ETag') }
}

export function useText(path: string) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: [...filesKey(project), 'text', path],
    queryFn: ({ signal }) => fetchText(project, path, signal),
    // nobody's text changes under the hands of whoever writes it
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
}

interface Written {
  path: string
  content: string
  /** `new`: a file that is not there. An etag: only the content that was seen is replaced. null: whatever is there. */
  over: 'new' | { etag: string } | null
}

/** Saves a text, and tells the etag that it has now. */
export function useSaveText() {
  return useChange(async (project, { path, content, over }: Written) => {
    if (over === 'new') return tagOf(await api.POST('/api/projects/{project}/storage/file', { params: { path: { project } }, body: { path, content } }))
    const headers = over ? { 'If-Match': over.etag } : {}
    return tagOf(await api.PUT('/api/projects/{project}/storage/file/{path}', { params: { path: { project, path } }, body: { content }, headers }))
  }, true)
}

function tagOf({ response }: { response: Response }): string | null {
  return response.headers.get('ETag')
}
