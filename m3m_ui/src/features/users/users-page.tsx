import { SearchX, UserPlus } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Pagination } from '@/components/ui/pagination'
import { useCommands } from '@/lib/commands'
import { useDebounced } from '@/lib/use-debounced'
import { useLastPage } from '@/lib/use-page'
import { useUrlNumber, useUrlState } from '@/lib/use-url-state'
import { useUrlValues } from '@/lib/use-url-values'
import { rightsOf, useUser } from '@/lib/use-user'
import { useOneUser, useUsers } from './api'
import { allowed } from './rights'
import { UsersTable } from './users-table'

const UserDialog = lazy(async () => ({ default: (await import('./user-dialog')).UserDialog }))

const NEW = '+'

export function UsersPage() {
  const { t } = useTranslation('users')
  const mayManage = rightsOf(useUser()).manageUsers
  const [search, setSearch] = useUrlState('search')
  const [edited] = useUrlState('edit')
  const put = useUrlValues()
  const setEdited = useCallback((user: string) => put({ edit: user }), [put]) // the page of the list stays
  const add = useCallback(() => setEdited(NEW), [setEdited])
  useCommands(useMemo(() => (mayManage ? [{ id: 'users:add', title: t('add'), group: t('title'), icon: UserPlus, run: add }] : []), [mayManage, add, t]))
  const button = mayManage && <Button variant="primary" onClick={add}><UserPlus aria-hidden />{t('add')}</Button>
  return (
    <Page title={t('title')} description={t(mayManage ? 'hint' : 'hintOthers')} actions={button}>
      <SearchInput className="mb-4 sm:max-w-sm" value={search} onChange={setSearch} placeholder={t('search')} />
      <UserList search={useDebounced(search.trim())} onEdit={setEdited} />
      {mayManage && edited !== '' && <Edited of={edited} onClose={() => setEdited('')} />}
    </Page>
  )
}

function UserList({ search, onEdit }: { search: string; onEdit: (user: string) => void }) {
  const { t } = useTranslation('users')
  const [page, setPage] = useUrlNumber('page')
  const { data: found, error, refetch } = useUsers(search, page)
  const data = useLastPage(found)
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />
  return (
    <>
      <UsersTable
        users={data?.items} onEdit={onEdit}
        empty={<EmptyState icon={SearchX} title={t('notFound.title')}>{t('notFound.hint', { search })}</EmptyState>}
      />
      {data && <div className="mt-4"><Pagination page={data.page} totalPages={data.total_pages} onPage={setPage} /></div>}
    </>
  )
}

/** The form of the user in the address, also of one who is not on this page of the list. */
function Edited({ of, onClose }: { of: string; onClose: () => void }) {
  const me = useUser()
  const { data } = useOneUser(of === NEW ? undefined : of)
  if (of !== NEW && (!data || !allowed(me, data).edit)) return null
  return <Suspense fallback={null}><UserDialog key={of} known={data} onClose={onClose} /></Suspense>
}
