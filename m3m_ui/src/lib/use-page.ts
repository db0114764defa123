import { useEffect } from 'react'
import { useUrlNumber } from './use-url-state'
import { useUrlValues } from './use-url-values'

interface Paged {
  page: number
  /** -1 when it was not counted. */
  total_pages: number
}

/** What was found, unless its page is behind the last one (the list has become shorter): then the last one is gone to. */
export function useLastPage<T extends Paged>(found: T | undefined): T | undefined {
  const [asked] = useUrlNumber('page')
  const put = useUrlValues()
  const isBeyond = found !== undefined && found.total_pages > 0 && found.page > found.total_pages
  // what stays on the page while another is fetched says nothing about the page that is asked for
  const last = isBeyond && found.page === asked ? found.total_pages : undefined
  useEffect(() => {
    if (last !== undefined) put({ page: last === 1 ? '' : String(last) })
  }, [last, put])
  return isBeyond ? undefined : found
}
