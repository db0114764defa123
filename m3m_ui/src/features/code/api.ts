import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf, rawFetch } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { contentOf, type Files } from './files'

export type Branch = components['schemas']['BranchAnswer']
export type Release = components['schemas']['ReleaseAnswer']
export type ReleaseEntry = components['schemas']['ReleaseEntry']

/** More than a project has; the server's own limit of a page. */
const ALL = 1000
const TYPES_MS = 60_000

const keyOf = (project: string, ...parts: string[]) => ['project', project, 'code', ...parts]

export function useBranches() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'branches'),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/branches', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

export function useBranch(branch: string | undefined, options: { refetchOnMount?: 'always' } = {}) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'branch', branch ?? ''),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/branches/{branch}', { params: { path: { project, branch: branch ?? '' } }, signal })),
    enabled: branch !== undefined,
    // whoever begins to write must see what others have saved just now
    staleTime: 0,
    ...options,
  })
}

/** Newest version first, without code. */
export function useReleases() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'releases'),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/releases', { params: { path: { project }, query: { per_page: ALL } }, signal })),
  })
}

export function useRelease(version: string | undefined) {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'release', version ?? ''),
    queryFn: ({ signal }) =>
      dataOf(api.GET('/api/projects/{project}/pipeline/releases/{version}', { params: { path: { project, version: version ?? '' } }, signal })),
    enabled: version !== undefined,
  })
}

/** Declarations of all that a service of the project can use. */
export function useTypes() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: keyOf(project, 'types'),
    queryFn: async ({ signal }) => (await rawFetch(`/runtime/types?project=${encodeURIComponent(project)}`, { signal })).text(),
    staleTime: TYPES_MS,
  })
}

/** How every change of the pipeline ends: lists are asked again, the branch in the answer is known. */
function useChange<Given, Answer>(change: (project: string, given: Given) => Promise<Answer>, silent = false) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: Given) => change(project, given),
    onSuccess: (answer) => {
      if (isBranch(answer)) queries.setQueryData(keyOf(project, 'branch', answer.name), answer)
      void queries.invalidateQueries({ queryKey: keyOf(project, 'branches') })
      void queries.invalidateQueries({ queryKey: keyOf(project, 'releases') })
      void queries.invalidateQueries({ queryKey: keyOf(project, 'release') })
    },
    meta: { silent },
  })
}

function isBranch(answer: unknown): answer is Branch {
  return typeof answer === 'object' && answer !== null && 'revision' in answer
}

/** With the revision that the code was made from; without one it replaces whatever is there. */
export interface Saved {
  branch: string
  files: Files
  revision: number | null
}

export function useSave() {
  return useChange(
    (project, { branch, files, revision }: Saved) =>
      dataOf(api.PUT('/api/projects/{project}/pipeline/branches/{branch}', { params: { path: { project, branch } }, body: { ...contentOf(files), revision } })),
    true,
  )
}

export function useCreateBranch() {
  return useChange(
    (project, body: components['schemas']['NewBranch']) => dataOf(api.POST('/api/projects/{project}/pipeline/branches', { params: { path: { project } }, body })),
    true,
  )
}

export function useDeleteBranch() {
  return useChange((project, branch: string) =>
    dataOf(api.DELETE('/api/projects/{project}/pipeline/branches/{branch}', { params: { path: { project, branch } } })),
  )
}

export function useReset() {
  return useChange((project, { branch, version }: { branch: string; version: string }) =>
    dataOf(api.POST('/api/projects/{project}/pipeline/branches/{branch}/reset', { params: { path: { project, branch } }, body: { version } })),
  )
}

export function usePublish() {
  return useChange(
    (project, body: components['schemas']['NewRelease']) => dataOf(api.POST('/api/projects/{project}/pipeline/releases', { params: { path: { project } }, body })),
    true,
  )
}

export function useActivate() {
  return useChange((project, version: string) =>
    dataOf(api.POST('/api/projects/{project}/pipeline/releases/{version}/activate', { params: { path: { project, version } } })),
  )
}

export function useDeleteRelease() {
  return useChange((project, version: string) =>
    dataOf(api.DELETE('/api/projects/{project}/pipeline/releases/{version}', { params: { path: { project, version } } })),
  )
}
