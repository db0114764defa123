import { useIsMutating, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, type ApiError, dataOf, isApiError } from './api'
import { servicesURL } from './config'
import { type RunStatus, statusQuery, useProjectSlug } from './project'
import { createStore, useStore } from './store'
import { toastError } from './toast'

/** A release or a branch to start; none: the active release. */
export type Startable = { version: string } | { branch: string } | undefined

const tried = createStore<{ project: string; source: Startable | null } | null>(null)

export function isRunning(status: RunStatus | undefined): boolean {
  return status !== undefined && status.status !== 'stopped' && status.status !== 'crashed'
}

/** The code of the user does not start: the status has the error with its place as well. */
export function isStartFailure(error: unknown): error is ApiError {
  return isApiError(error, 422) && error.code === 'start_failed'
}

/** Start, stop and restart of the page's project. `busy` is true for all who show buttons, whoever has pressed one. */
export function useRuns(onError: (error: unknown) => void = toastError) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  const params = { path: { project } }
  const common = {
    mutationKey: ['run', project],
    meta: { silent: true },
    onError,
    onSuccess: (status: RunStatus) => queries.setQueryData(statusQuery(project).queryKey, status),
    onSettled: () => Promise.all([queries.invalidateQueries({ queryKey: ['project', project] }), queries.invalidateQueries({ queryKey: ['projects'] })]),
  }
  const now = () => queries.fetchQuery({ ...statusQuery(project), staleTime: 0 })
  const start = useMutation({
    ...common,
    mutationFn: async (source: Startable) => {
      tried.set({ project, source })
      if (isRunning(await now())) await api.POST('/api/projects/{project}/stop', { params })
      return dataOf(api.POST('/api/projects/{project}/start', { params, body: { version: null, branch: null, ...source } }))
    },
  })
  const stop = useMutation({ ...common, mutationFn: () => dataOf(api.POST('/api/projects/{project}/stop', { params })) })
  const restart = useMutation({
    ...common,
    mutationFn: async () => {
      const { source } = await now()
      const same = source && (source.kind === 'branch' ? { branch: source.name } : { version: source.name })
      tried.set({ project, source: same })
      return dataOf(api.POST('/api/projects/{project}/restart', { params }))
    },
  })
  const busy = useIsMutating({ mutationKey: ['run', project] }) > 0
  return { start, stop, restart, busy }
}

/** What somebody has tried to start here last, so that the code of a start that failed can be shown; null when nothing. */
export function useTried(): Startable | null {
  const project = useProjectSlug()
  const last = useStore(tried)
  return last?.project === project ? last.source : null
}

/** The address of a project's service. */
export function serviceUrl(slug: string): string {
  return `${servicesURL}/r/${slug}/`
}
