import { Ellipsis, LockOpen, Pencil, Lock, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import type { User } from '@/lib/session'
import { useUser } from '@/lib/use-user'
import { useBlockUser, useDeleteUser } from './api'
import { allowed } from './rights'

/** Only what one's own rights allow is offered; nothing at all for the root user. */
export function UserMenu({ user, onEdit }: { user: User; onEdit: (user: string) => void }) {
  const { t } = useTranslation(['users', 'common'])
  const [asked, setAsked] = useState<'block' | 'delete'>()
  const may = allowed(useUser(), user)
  const block = useBlockUser()
  if (!may.edit) return null
  const name = user.name || user.email
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild><Button size="icon-sm" variant="ghost" aria-label={t('menuOf', { name })}><Ellipsis aria-hidden /></Button></DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => onEdit(user.id)}><Pencil aria-hidden />{t('common:edit')}</DropdownMenuItem>
          {may.remove && (
            <>
              {user.is_blocked
                ? <DropdownMenuItem onSelect={() => block.mutate({ user: user.id, blocked: false })}><LockOpen aria-hidden />{t('unblock')}</DropdownMenuItem>
                : <DropdownMenuItem onSelect={() => setAsked('block')}><Lock aria-hidden />{t('block.action')}</DropdownMenuItem>}
              <DropdownMenuSeparator />
              <DropdownMenuItem danger onSelect={() => setAsked('delete')}><Trash2 aria-hidden />{t('common:delete')}</DropdownMenuItem>
            </>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Asked user={user} name={name} asked={asked} onClose={() => setAsked(undefined)} />
    </>
  )
}

interface AskedProps {
  user: User
  name: string
  asked: 'block' | 'delete' | undefined
  onClose: () => void
}

function Asked({ user, name, asked, onClose }: AskedProps) {
  const { t } = useTranslation(['users', 'common'])
  const block = useBlockUser()
  const remove = useDeleteUser()
  return (
    <>
      <ConfirmDialog
        open={asked === 'block'} onOpenChange={onClose} title={t('block.title', { name })} action={t('block.action')} busy={block.isPending}
        onConfirm={() => block.mutate({ user: user.id, blocked: true }, { onSettled: onClose })}
      >
        {t('block.hint')}
      </ConfirmDialog>
      <ConfirmDialog
        open={asked === 'delete'} onOpenChange={onClose} title={t('delete.title', { name })} action={t('common:delete')} typed={user.email} busy={remove.isPending}
        onConfirm={() => remove.mutate(user.id, { onSettled: onClose })}
      >
        {t('delete.hint')}
      </ConfirmDialog>
    </>
  )
}
