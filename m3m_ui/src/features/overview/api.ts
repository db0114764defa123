import { useQuery } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'

export type Monitor = components['schemas']['MonitorAnswer']
export type Slot = Monitor['slots'][number]
export type Job = Monitor['jobs'][number]
export type Release = components['schemas']['ReleaseEntry']
export type Code = { code: string; files: { name: string; code: string }[] }
/** A release or a branch by its name. */
export interface Source {
  kind: 'release' | 'branch'
  name: string
}

const MONITOR_MS = 15_000
/** More than a project has; the server's own limit of a page. */
const ALL = 1000

const keyOf = (project: string, ...parts: string[]) => ['project', project, 'overview', ...parts]

/** The last 24 hours, asked again while somebody looks. */
export function useMonitor() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'monitor'),
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects/{project}/monitor', { params: { path: { project } }, signal })),
    refetchInterval: MONITOR_MS,
  })
}

/** Newest first. */
export function useReleases() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'releases'),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/releases', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

export function useBranches() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'branches'),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/branches', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

/** The code of a release, or of a branch as it is now. */
export function useCode(source: Source | null) {
  const project = useProjectSlug()
  return useQuery<Code>({
    queryKey: keyOf(project, 'code', source?.kind ?? '', source?.name ?? ''),
    queryFn: ({ signal }) => {
      const name = source?.name ?? ''
      return source?.kind === 'release'
        ? dataOf(api.GET('/api/projects/{project}/pipeline/releases/{version}', { params: { path: { project, version: name } }, signal }))
        : dataOf(api.GET('/api/projects/{project}/pipeline/branches/{branch}', { params: { path: { project, branch: name } }, signal }))
    },
    enabled: source !== null,
  })
}
