import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { useUrlNumber, useUrlState } from '@/lib/use-url-state'
import { useUrlValues } from '@/lib/use-url-values'

export const NEW = 'new'
/** The newest first; the server has an index for it. */
const SORT = '-created_at'
const PER_PAGE = 50
export const PER_PAGES = [25, 50, 100, 500]

/** What is shown of a model, all of it in the address. */
export function useView() {
  const [params] = useSearchParams()
  const [filter, setFilter] = useUrlState('filter')
  const [search, setSearch] = useUrlState('search')
  const [sort, setSort] = useUrlState('sort')
  const [page, setPage] = useUrlNumber('page')
  const [perPage, setPerPage] = useUrlNumber('per_page', PER_PAGE)
  const [counted, setCounted] = useUrlState('count', 'yes')
  const put = useUrlValues()
  const open = useCallback((record = '', copyOf = '') => put({ record, copy: copyOf }, { push: true }), [put])
  return {
    filter, setFilter, search, setSearch, sort, setSort, page, setPage, setPerPage, open,
    perPage: PER_PAGES.includes(perPage) ? perPage : PER_PAGE,
    /** Nothing is left out any more, from the first page on. */
    showAll: () => put({ filter: '', search: '', page: '' }),
    order: sort || SORT,
    isCounted: counted === 'yes',
    setCounted: (on: boolean) => setCounted(on ? 'yes' : 'no'),
    record: params.get('record') ?? '',
    copyOf: params.get('copy') ?? undefined,
    isImporting: params.get('dialog') === 'import',
    setImporting: (on: boolean) => put({ dialog: on ? 'import' : '' }),
  }
}

export type View = ReturnType<typeof useView>
