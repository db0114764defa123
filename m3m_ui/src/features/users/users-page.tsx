import { UserPlus } from 'lucide-react'
import { lazy, Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { NothingFound } from '@/components/ui/states'
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
  const [page] = useUrlNumber('page')
  const mayManage = rightsOf(useUser()).manageUsers
  const [search, setSearch] = useUrlState('search')
  const [edited] = useUrlState('edit')
  const put = useUrlValues()
  const setEdited = useCallback((user: string) => put({ edit: user }), [put]) // the page of the list stays
  const add = useCallback(() => setEdited(NEW), [setEdited])
  useCommands(useMemo(() => (mayManage ? [{ id: 'users:add', title: t('add'), group: t('title'), icon: UserPlus, run: add }] : []), [mayManage, add, t]))
  const wanted = useDebounced(search.trim())
  const users = useUsers(wanted, page)
  const button = mayManage && <Button variant="primary" onClick={add}><UserPlus aria-hidden />{t('add')}</Button>
  return (
    <Page title={t('title')} description={t(mayManage ? 'hint' : 'hintOthers')} actions={button} asked={users}>
      <SearchInput className="mb-4 sm:max-w-sm" value={search} onChange={setSearch} placeholder={t('search')} />
      <UserList found={users.data} search={wanted} onClear={() => setSearch('')} onEdit={setEdited} />
      {mayManage && edited !== '' && <Edited of={edited} onClose={() => setEdited('')} />}
    </Page>
  )
}

interface UserListProps {
  found: ReturnType<typeof useUsers>['data']
  search: string
  onClear: () => void
  onEdit: (user: string) => void
}

function UserList({ found, search, onClear, onEdit }: UserListProps) {
  const { t } = useTranslation('users')
  const [, setPage] = useUrlNumber('page')
  const data = useLastPage(found)
  return (
    <>
      <UsersTable
        users={data?.items} onEdit={onEdit}
        empty={<NothingFound title={t('notFound.title')} onClear={onClear}>{t('notFound.hint', { search })}</NothingFound>}
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
