import { queryOptions } from '@tanstack/react-query'
import { api, type components, dataOf } from './api'

export type Branch = components['schemas']['BranchAnswer']
export type Release = components['schemas']['ReleaseAnswer']
export type ReleaseEntry = components['schemas']['ReleaseEntry']

/** More than a project has; the server's own limit of a page. */
const ALL = 1000

/** Below this key is all that is known of a project's code. */
export const pipelineKey = (project: string) => ['project', project, 'pipeline']

export function branchesQuery(project: string) {
  return queryOptions({
    queryKey: [...pipelineKey(project), 'branches'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/branches', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

/** Whoever begins to write must see what others have saved just now: it is asked for anew each time. */
export function branchQuery(project: string, branch: string | undefined) {
  return queryOptions({
    queryKey: [...pipelineKey(project), 'branch', branch ?? ''],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/branches/{branch}', { params: { path: { project, branch: branch ?? '' } }, signal })),
    enabled: branch !== undefined,
    staleTime: 0,
  })
}

/** Newest version first, without code. */
export function releasesQuery(project: string) {
  return queryOptions({
    queryKey: [...pipelineKey(project), 'releases'],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/releases', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

export function releaseQuery(project: string, version: string | undefined) {
  return queryOptions({
    queryKey: [...pipelineKey(project), 'release', version ?? ''],
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/releases/{version}', { params: { path: { project, version: version ?? '' } }, signal })),
    enabled: version !== undefined,
  })
}
