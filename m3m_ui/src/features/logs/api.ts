import { useMutation } from '@tanstack/react-query'
import { api, dataOf, rawFetch } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { saveAs } from '@/lib/save-as'
import type { Filter } from './entries'
import type { LogEntry } from '@/lib/log-stream'

export const PER_PAGE = 500

export interface LogPage {
  /** In order of time. */
  entries: LogEntry[]
  hasOlder: boolean
}

/** The entries before a cursor, or the newest. */
export async function pageBefore(project: string, filter: Filter, before: string, signal: AbortSignal, count = PER_PAGE): Promise<LogPage> {
  const query = { ...filter, before, per_page: count, skip_total: true }
  const { items } = await dataOf(api.GET('/api/projects/{project}/logs', { params: { path: { project }, query }, signal }))
  return { entries: items.toReversed(), hasOlder: items.length === count }
}

/** The whole log of the last run as a file. */
export function useDownload() {
  const project = useProjectSlug()
  return useMutation({
    mutationFn: async () => {
      const answer = await rawFetch(`/projects/${encodeURIComponent(project)}/logs/download`)
      const name = /filename="?([^";]+)/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? `${project}.log`
      saveAs(await answer.blob(), name)
    },
  })
}
