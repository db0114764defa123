import { useQuery } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'
import { branchesQuery, branchQuery, type ReleaseEntry, releaseQuery, releasesQuery } from '@/lib/pipeline'
import { useProjectSlug } from '@/lib/project'

export type Monitor = components['schemas']['MonitorAnswer']
export type Slot = Monitor['slots'][number]
export type Job = Monitor['jobs'][number]
export type Release = ReleaseEntry
export type Code = { code: string; files: { name: string; code: string }[] }
/** A release or a branch by its name. */
export interface Source {
  kind: 'release' | 'branch'
  name: string
}

const MONITOR_MS = 15_000

/** The last 24 hours, asked again while somebody looks. */
export function useMonitor() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: ['project', project, 'overview', 'monitor'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects/{project}/monitor', { params: { path: { project } }, signal })),
    refetchInterval: MONITOR_MS,
  })
}

/** Newest first. */
export function useReleases() {
  return useQuery(releasesQuery(useProjectSlug()))
}

export function useBranches() {
  return useQuery(branchesQuery(useProjectSlug()))
}

/** The code of a release, or of a branch as it is now. */
export function useCode(source: Source | null): Code | undefined {
  const project = useProjectSlug()
  const release = useQuery(releaseQuery(project, source?.kind === 'release' ? source.name : undefined))
  const branch = useQuery(branchQuery(project, source?.kind === 'branch' ? source.name : undefined))
  return source?.kind === 'release' ? release.data : branch.data
}
