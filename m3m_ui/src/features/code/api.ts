import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf, rawFetch } from '@/lib/api'
import { type Branch, branchesQuery, branchQuery, pipelineKey, type Release, type ReleaseEntry, releaseQuery, releasesQuery } from '@/lib/pipeline'
import { projectQuery, useProjectSlug } from '@/lib/project'
import { contentOf, type Files } from './files'

export type { Branch, Release, ReleaseEntry }

export function useBranches() {
  return useQuery(branchesQuery(useProjectSlug()))
}

export function useBranch(branch: string | undefined, options: { refetchOnMount?: 'always' } = {}) {
  return useQuery({ ...branchQuery(useProjectSlug(), branch), ...options })
}

/** Asks for the branch as it is on the server now. */
export function useNewest(branch: string) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...branchQuery(project, branch), staleTime: 0 })
}

export function useReleases() {
  return useQuery(releasesQuery(useProjectSlug()))
}

export function useRelease(version: string | undefined) {
  return useQuery(releaseQuery(useProjectSlug(), version))
}

/** Declarations of all that a service of the project can use; asked for anew with each visit, as models change elsewhere. */
export function useTypes() {
  const project = useProjectSlug()
  return useQuery({
    queryKey: ['project', project, 'types'],
    queryFn: async ({ signal }) => (await rawFetch(`/runtime/types?project=${encodeURIComponent(project)}`, { signal })).text(),
    staleTime: 0,
  })
}

/** How every change of the pipeline ends: lists are asked again, the branch in the answer is known. */
function useChange<Given, Answer>(change: (project: string, given: Given) => Promise<Answer>, silent = false) {
  const project = useProjectSlug()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (given: Given) => change(project, given),
    onSuccess: async (answer) => {
      if (isBranch(answer)) {
        const { queryKey } = branchQuery(project, answer.name)
        // an answer from before this change must not come after it
        await queries.cancelQueries({ queryKey })
        queries.setQueryData(queryKey, answer)
      }
      for (const { queryKey } of [branchesQuery(project), releasesQuery(project)]) void queries.invalidateQueries({ queryKey })
      void queries.invalidateQueries({ queryKey: [...pipelineKey(project), 'release'] })
      // which release is the active one
      if (!isBranch(answer)) void queries.invalidateQueries({ queryKey: projectQuery(project).queryKey, exact: true })
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
