import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { api, type components, dataOf } from '@/lib/api'

export type Goal = components['schemas']['GoalAnswer']
export type Stats = components['schemas']['GoalStatsAnswer']
export type Group = components['schemas']['StatsAnswer']['group_by']
export type Point = components['schemas']['PointAnswer']
type NewGlobalGoal = components['schemas']['NewGlobalGoal']
type Increment = components['schemas']['Increment']

const ALL = 1000
/** The API's own limit of goals in one question. */
const AT_ONCE = 100
const FRESH_MS = 15_000

/** Goals of a project, or the global ones without it. Keys of queries begin with this. */
const keyOf = (project: string | undefined) => (project === undefined ? ['goals'] : ['project', project, 'goals'])

export function useGoals(project: string | undefined) {
  return useQuery({
    queryKey: [...keyOf(project), 'list'],
    queryFn: ({ signal }) => {
      const query = { per_page: ALL }
      return project === undefined
        ? dataOf(api.GET('/api/goals', { params: { query }, signal }))
        : dataOf(api.GET('/api/projects/{project}/goals', { params: { path: { project }, query }, signal }))
    },
  })
}

/** What was counted in the last seven days, by goal; of one project, or of all. */
export function useWeek(goals: readonly Goal[], project: string | undefined) {
  const ids = goals.map(({ id }) => id)
  return useQuery({
    queryKey: [...keyOf(project), 'week', ids],
    queryFn: async ({ signal }) => {
      const found = new Map<string, Stats>()
      for (let first = 0; first < ids.length; first += AT_ONCE) {
        const query = { goal_ids: ids.slice(first, first + AT_ONCE), project_id: project }
        const answer = await dataOf(api.GET('/api/goals/stats', { params: { query }, signal }))
        for (const stats of answer.goals) found.set(stats.goal_id, stats)
      }
      return found
    },
    enabled: ids.length > 0,
    placeholderData: keepPreviousData,
    refetchInterval: FRESH_MS,
  })
}

export interface Asked {
  from: string
  to: string
  group: Group
  /** Empty: all projects. */
  project: string
}

export function useStats(goal: Goal, asked: Asked) {
  return useQuery({
    queryKey: [...keyOf(undefined), 'stats', goal.id, asked],
    queryFn: async ({ signal }) => {
      const query = { goal_ids: [goal.id], from: asked.from, to: asked.to, group_by: asked.group, project_id: asked.project || undefined }
      const answer = await dataOf(api.GET('/api/goals/stats', { params: { query }, signal }))
      return answer.goals[0] as Stats
    },
    placeholderData: keepPreviousData,
  })
}

function useAfter(project: string | undefined) {
  const queries = useQueryClient()
  return async () => {
    await Promise.all([queries.invalidateQueries({ queryKey: keyOf(project) }), queries.invalidateQueries({ queryKey: ['goals'] })])
  }
}

/** Makes a goal, or changes the one that is known. */
export function useSaveGoal(project: string | undefined, known: Goal | undefined) {
  return useMutation({
    mutationFn: ({ allowed_projects, ...own }: NewGlobalGoal) => {
      if (project === undefined) {
        const body = { ...own, allowed_projects }
        return known
          ? dataOf(api.PUT('/api/goals/{goal}', { params: { path: { goal: known.id } }, body }))
          : dataOf(api.POST('/api/goals', { body }))
      }
      return known
        ? dataOf(api.PUT('/api/projects/{project}/goals/{goal}', { params: { path: { project, goal: known.id } }, body: own }))
        : dataOf(api.POST('/api/projects/{project}/goals', { params: { path: { project } }, body: own }))
    },
    onSuccess: useAfter(project),
    meta: { silent: true },
  })
}

export function useDeleteGoal(project: string | undefined) {
  return useMutation({
    mutationFn: (goal: string) =>
      project === undefined
        ? dataOf(api.DELETE('/api/goals/{goal}', { params: { path: { goal } } }))
        : dataOf(api.DELETE('/api/projects/{project}/goals/{goal}', { params: { path: { project, goal } } })),
    onSuccess: useAfter(project),
  })
}

export function useIncrement(goal: string, project: string | undefined) {
  return useMutation({
    mutationFn: (body: Increment) => dataOf(api.POST('/api/goals/{goal}/increment', { params: { path: { goal } }, body })),
    onSuccess: useAfter(project),
    meta: { silent: true },
  })
}
