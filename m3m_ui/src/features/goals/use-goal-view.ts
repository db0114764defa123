import { useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { useUrlState } from '@/lib/use-url-state'
import { useUrlValues } from '@/lib/use-url-values'
import type { Asked } from './api'
import { daysBefore, isDay, isGroup, today } from './period'

const NEW = '+'
const FIRST_DAYS = 30

/** What is open on a page of goals: all of it is in the address. */
export function useGoalView() {
  const [search, setSearch] = useUrlState('search')
  const [params] = useSearchParams()
  const put = useUrlValues()
  const to = param(params, 'to', isDay) ?? today()
  const asked: Asked = {
    to,
    from: param(params, 'from', isDay) ?? daysBefore(to, FIRST_DAYS),
    group: param(params, 'group_by', isGroup) ?? 'day',
    project: params.get('project') ?? '',
  }
  const edited = params.get('edit') ?? ''
  return useMemo(
    () => ({
      search,
      setSearch,
      asked,
      opened: params.get('goal') ?? '',
      edited,
      isNew: edited === NEW,
      open: (goal: string) => put({ goal }, { push: true }),
      close: () => put({ goal: '', from: '', to: '', group_by: '', project: '' }),
      edit: (goal: string) => put({ edit: goal }),
      add: () => put({ edit: NEW }),
      ask: (change: Partial<Asked>) => {
        const { group, ...rest } = change
        put({ ...rest, ...(group ? { group_by: group === 'day' ? '' : group } : {}) })
      },
    }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- `asked` is made of params
    [search, setSearch, params, put, edited],
  )
}

function param<T extends string>(params: URLSearchParams, name: string, fits: ((text: string) => text is T) | ((text: string) => boolean)): T | undefined {
  const text = params.get(name)
  return text !== null && fits(text) ? (text as T) : undefined
}

export type GoalView = ReturnType<typeof useGoalView>
