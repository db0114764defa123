import { Crown } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/components/avatar'
import { type ColumnDef, DataTable } from '@/components/data-table'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/lib/cn'
import { formatDate } from '@/lib/format'
import type { User } from '@/lib/session'
import { rightsOf, useUser } from '@/lib/use-user'
import { RIGHTS } from './rights'
import { UserMenu } from './user-menu'

interface UsersTableProps {
  users: readonly User[] | undefined
  onEdit: (user: string) => void
  empty: ReactNode
}

export function UsersTable({ users, onEdit, empty }: UsersTableProps) {
  const { t } = useTranslation('users')
  const me = useUser()
  const manages = rightsOf(me).manageUsers
  const columns = useMemo<ColumnDef<User, unknown>[]>(() => {
    const shown: ColumnDef<User, unknown>[] = [
      { id: 'user', header: t('user'), meta: { className: manages ? 'min-w-44' : 'w-full' }, cell: ({ row }) => <Who user={row.original} own={row.original.id === me.id} onEdit={manages ? onEdit : undefined} /> },
      { id: 'created', header: t('since'), meta: { className: 'max-md:hidden whitespace-nowrap text-muted' }, cell: ({ row }) => formatDate(row.original.created_at) },
    ]
    if (!manages) return shown
    shown.splice(1, 0, { id: 'rights', header: t('rights.title'), meta: { className: 'max-sm:hidden' }, cell: ({ row }) => <Rights user={row.original} /> })
    shown.push({ id: 'menu', header: () => <span className="sr-only">{t('actions')}</span>, meta: { className: 'w-10 pl-0' }, cell: ({ row }) => <UserMenu user={row.original} onEdit={onEdit} /> })
    return shown
  }, [t, manages, me.id, onEdit])
  return <DataTable label={t('title')} columns={columns} rows={users} empty={empty} />
}

function Who({ user, own, onEdit }: { user: User; own: boolean; onEdit: ((user: string) => void) | undefined }) {
  const { t } = useTranslation('users')
  const name = user.name || user.email
  const mayOpen = onEdit && (!user.is_root || own)
  return (
    <div className="flex min-w-0 items-center gap-3 py-1">
      <Avatar user={user} className={cn(user.is_blocked && 'opacity-50 grayscale')} />
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
          {mayOpen ? (
            <button type="button" className="rounded-sm text-left font-medium wrap-anywhere hover:text-accent-text" onClick={() => onEdit(user.id)}>{name}</button>
          ) : (
            <span className="font-medium wrap-anywhere">{name}</span>
          )}
          {user.is_root && <Badge tone="accent" title={t('rootHint')}><Crown aria-hidden />{t('root')}</Badge>}
          {user.is_blocked && <Badge tone="danger">{t('blocked')}</Badge>}
          {own && <Badge>{t('you')}</Badge>}
        </p>
        {user.name && <p className="text-xs wrap-anywhere text-muted">{user.email}</p>}
        {onEdit && <div className="mt-1 text-xs sm:hidden"><Rights user={user} /></div>}
      </div>
    </div>
  )
}

function Rights({ user }: { user: User }) {
  const { t } = useTranslation('users')
  if (user.is_root) return <span className="text-muted">{t('rights.all')}</span>
  const access = user.permissions?.project_access.length ?? 0
  const granted = RIGHTS.filter((right) => user.permissions?.[right])
  if (granted.length === 0 && access === 0) return <span className="text-faint">–</span>
  return (
    <div className="flex flex-wrap gap-1">
      {granted.map((right) => <Badge key={right} tone="info">{t(`rights.short.${right}`)}</Badge>)}
      {access > 0 && <Badge>{t('rights.access', { count: access })}</Badge>}
    </div>
  )
}
