import { queryOptions, useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { api, type components, dataOf } from './api'

export type Project = components['schemas']['ProjectAnswer']
/** A project in a list. */
export type ProjectEntry = components['schemas']['ProjectEntry']
export type ProjectWithKey = components['schemas']['ProjectWithKey']
export type RunStatus = components['schemas']['StatusAnswer']
export type ProjectState = Project['status']

const STATUS_MS = 5_000

/** The slug (or id) in the address of a project's page. */
export function useProjectSlug(): string {
  return useParams().project ?? ''
}

export function projectQuery(project: string) {
  return queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects/{project}', { params: { path: { project } }, signal })),
  })
}

export function statusQuery(project: string) {
  return queryOptions({
    queryKey: ['project', project, 'status'],
    queryFn: ({ signal }) => dataOf(api.GET('/api/projects/{project}/status', { params: { path: { project } }, signal })),
    refetchInterval: STATUS_MS,
  })
}

/** The project of the page; shared by all its pages. */
export function useProject() {
  return useQuery(projectQuery(useProjectSlug()))
}

/** What runs now, asked again every few seconds while somebody looks. */
export function useStatus(everyMs = STATUS_MS) {
  return useQuery({ ...statusQuery(useProjectSlug()), refetchInterval: everyMs })
}

/** Of all instances together; undefined while nothing runs. */
export function usageOf(status: RunStatus | undefined): { cpu: number; memory: number } | undefined {
  if (!status || status.instances.length === 0) return undefined
  return {
    cpu: status.instances.reduce((sum, each) => sum + each.cpu_percent, 0),
    memory: status.instances.reduce((sum, each) => sum + each.memory_bytes, 0),
  }
}
