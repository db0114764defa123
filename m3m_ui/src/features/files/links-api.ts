import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api, dataOf } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { filesKey } from './api'

const ALL = 1000
const DOWNLOAD_S = 60
const PREVIEW_S = 6 * 3600

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

/** The browser's own download, which shows its progress and holds nothing in memory: over a link for a minute. */
export function useDownload() {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async (path: string) => {
      const { url } = await makeLink(project, path, DOWNLOAD_S)
      const anchor = document.createElement('a')
      anchor.href = `${new URL(url).pathname}?download=true`
      anchor.download = path.split('/').at(-1) ?? path
      anchor.click()
    },
  })
}

/**
 * An address that <video>, <audio> and <iframe> can read by parts, without a sign-in: a link that is revoked when the
 * preview is closed.
 */
export function usePreviewAddress(path: string) {
  const project = useProjectSlug()
  const link = useQuery({
    queryKey: [...filesKey(project), 'preview', path],
    queryFn: () => makeLink(project, path, PREVIEW_S),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  const id = link.data?.id
  useEffect(() => {
    if (id === undefined) return undefined
    return () => void revokeLink(project, id).catch(() => undefined) // it expires by itself
  }, [project, id])
  return { address: link.data && new URL(link.data.url).pathname, error: link.error, retry: () => void link.refetch() }
}
