import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { api, dataOf, rawFetch } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { saveAs } from '@/lib/save-as'
import { type Entry, filesKey, type Link } from './api'

const ALL = 1000
const DOWNLOAD_S = 60
const PREVIEW_S = 6 * 3600
/** Bytes of a file that a page takes into its memory. */
const IN_MEMORY = 16 * 1024 * 1024

function makeLink(project: string, path: string, expires_in: number | null) {
  return dataOf(api.POST('/api/projects/{project}/storage/link', { params: { path: { project } }, body: { path, expires_in } }))
}

function revokeLink(project: string, token: string) {
  return dataOf(api.DELETE('/api/projects/{project}/storage/link/{token}', { params: { path: { project, token } } }))
}

export function useLinks(enabled: boolean) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: [...filesKey(project), 'links'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/storage/link', { params: { path: { project }, query: { per_page: ALL } }, signal })),
    enabled,
  })
}

export function useMakeLink() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ path, expiresIn }: { path: string; expiresIn: number | null }) => makeLink(project, path, expiresIn),
    onSuccess: () => queries.invalidateQueries({ queryKey: [...filesKey(project), 'links'] }),
  })
}

export function useRevokeLink() {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => revokeLink(project, id),
    onSettled: () => queries.invalidateQueries({ queryKey: [...filesKey(project), 'links'] }),
  })
}

/**
 * What is small is fetched with the sign-in and saved from memory. The rest is the browser's own download, which shows
 * its progress and holds nothing in memory: over a link for a minute.
 */
export function useDownload() {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async ({ path, name, size }: Entry) => {
      if (size <= IN_MEMORY) return saveAs(await fetchFile(project, path), name)
      const { url } = await makeLink(project, path, DOWNLOAD_S)
      const anchor = document.createElement('a')
      anchor.href = `${new URL(url).pathname}?download=true`
      anchor.download = name
      anchor.click()
    },
  })
}

async function fetchFile(project: string, path: string, signal?: AbortSignal): Promise<Blob> {
  const answer = await rawFetch(`/projects/${project}/storage/download/${path.split('/').map(encodeURIComponent).join('/')}`, { signal })
  return answer.blob()
}

/** A link that the admin has made for itself; people choose among other times. */
export function isOfAdmin({ created_at, expires_at }: Link): boolean {
  if (expires_at === null) return false
  const seconds = Math.round((Date.parse(expires_at) - Date.parse(created_at)) / 1000)
  return seconds === DOWNLOAD_S || seconds === PREVIEW_S
}

/**
 * An address that <img>, <video>, <audio> and <iframe> can read. What is small is fetched with the sign-in; `byParts`,
 * and all that is large, is a link that is revoked when the preview is closed.
 */
export function usePreviewAddress({ path, size, updated_at }: Entry, byParts: boolean) {
  const project = useProjectSlug()
  const linked = byParts || size > IN_MEMORY
  const asked = { staleTime: Infinity, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false, retry: false }
  const link = useQuery({ ...asked, queryKey: ['preview', project, path], queryFn: () => makeLink(project, path, PREVIEW_S), enabled: linked })
  const file = useQuery({ ...asked, queryKey: ['preview', project, path, updated_at], queryFn: ({ signal }) => fetchFile(project, path, signal), enabled: !linked })
  const id = link.data?.id
  useEffect(() => {
    if (id === undefined) return undefined
    return () => void revokeLink(project, id).catch(() => undefined) // it expires by itself
  }, [project, id])
  const { error, refetch } = linked ? link : file
  return { address: useObjectUrl(file.data) ?? (link.data && new URL(link.data.url).pathname), error, retry: () => void refetch() }
}

/** The address of what is in memory, for as long as it is shown. */
function useObjectUrl(file: Blob | undefined): string | undefined {
  const [url, setUrl] = useState<string>()
  useEffect(() => {
    if (!file) return undefined
    const made = URL.createObjectURL(file)
    const told = setTimeout(() => setUrl(made))
    return () => {
      clearTimeout(told)
      URL.revokeObjectURL(made)
    }
  }, [file])
  return url
}
