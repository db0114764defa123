import { useCallback } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useProjectSlug } from '@/lib/project'
import { useUrlNumber, useUrlState } from '@/lib/use-url-state'
import { useUrlValues } from '@/lib/use-url-values'
import { isSort, type Sort } from './listing'
import { folderAddress, trail } from './paths'

/** The dialog of all public links, in the address. */
export const LINKS = 'links'

/** What of the files is shown: all of it is in the address. */
export function useView() {
  const project = useProjectSlug()
  const navigate = useNavigate()
  const folder = trail(useParams()['*'] ?? '').at(-1)?.path ?? ''
  const [search, setSearch] = useUrlState('search')
  const [sort, setSort] = useUrlState('sort', 'name')
  const [view, setView] = useUrlState('view', 'list')
  const [page, setPage] = useUrlNumber('page')
  const [opened] = useUrlState('open')
  const put = useUrlValues()
  const setOpened = useCallback((name: string, options?: { push: boolean }) => put({ open: name }, options), [put]) // the page of the list stays
  const [dialog] = useUrlState('dialog')
  const setDialog = useCallback((dialog: string) => put({ dialog }), [put])
  const go = useCallback(
    (path: string) => {
      // the look stays, what belonged to the other folder goes
      const kept = new URLSearchParams(window.location.search)
      for (const name of ['search', 'page', 'open', 'edit', 'dialog']) kept.delete(name)
      void navigate({ pathname: folderAddress(project, path), search: kept.toString() })
    },
    [navigate, project],
  )
  return { project, folder, go, search, setSearch, sort: (isSort(sort) ? sort : 'name') as Sort, setSort, view: view === 'grid' ? 'grid' as const : 'list' as const, setView, page, setPage, opened, setOpened, dialog, setDialog }
}

export type View = ReturnType<typeof useView>
