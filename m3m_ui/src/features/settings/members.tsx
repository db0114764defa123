import { UserMinus, UserPlus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/components/avatar'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from '@/components/ui/command'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { RowPlaces } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { Tooltip } from '@/components/ui/tooltip'
import { useDebounced } from '@/lib/use-debounced'
import { type Member, useAddMember, useMembers, useRemoveMember, useUserSearch } from './api'

/** Who has access. Owner and root user change it. */
export function Members({ mayChange }: { mayChange: boolean }) {
  const { t } = useTranslation('settings')
  const { data, error, refetch } = useMembers()
  const [leaving, setLeaving] = useState<Member>()
  const remove = useRemoveMember()
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} className="py-4" />
  if (!data) return <RowPlaces count={2} className="h-13" />
  return (
    <>
      <ul className="divide-y divide-line rounded-md border border-line">
        {data.items.map((member) => (
          <li key={member.id} className="flex items-center gap-3 px-3 py-2">
            <Avatar user={member} className="size-7" />
            <div className="min-w-0 flex-1">
              <p className="truncate text-sm font-medium">{member.name || member.email}</p>
              {member.name && <p className="truncate text-xs text-muted">{member.email}</p>}
            </div>
            <Badge tone={member.role === 'owner' ? 'accent' : 'neutral'} title={member.role === 'granted' ? t('members.grantedHint') : undefined}>{t(`members.roles.${member.role}`)}</Badge>
            {mayChange && member.role === 'member' && (
              <Tooltip text={t('members.remove')}>
                <Button variant="ghost" size="icon-sm" aria-label={`${t('members.remove')}: ${member.email}`} onClick={() => setLeaving(member)}>
                  <UserMinus aria-hidden />
                </Button>
              </Tooltip>
            )}
          </li>
        ))}
      </ul>
      {mayChange ? <AddMember known={data.items.map((member) => member.id)} /> : <p className="text-sm text-muted">{t('members.ownerOnly')}</p>}
      <ConfirmDialog
        open={leaving !== undefined}
        onOpenChange={() => setLeaving(undefined)}
        title={t('members.removeTitle', { name: leaving?.name || leaving?.email })}
        action={t('members.remove')}
        busy={remove.isPending}
        onConfirm={() => leaving && remove.mutate(leaving.id, { onSettled: () => setLeaving(undefined) })}
      >
        {t('members.removeHint')}
      </ConfirmDialog>
    </>
  )
}

function AddMember({ known }: { known: readonly string[] }) {
  const { t } = useTranslation('settings')
  const [open, setOpen] = useState(false)
  const add = useAddMember()
  const choose = (id: string) => {
    setOpen(false)
    add.mutate(id)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button className="self-start" busy={add.isPending}>
          {!add.isPending && <UserPlus aria-hidden />}
          {t('members.add')}
        </Button>
      </PopoverTrigger>
      <PopoverContent aria-label={t('members.add')} className="w-80 max-w-[calc(100vw-2rem)] p-0">
        <UserList known={known} onChoose={choose} />
      </PopoverContent>
    </Popover>
  )
}

function UserList({ known, onChoose }: { known: readonly string[]; onChoose: (id: string) => void }) {
  const { t } = useTranslation(['settings', 'common'])
  const [text, setText] = useState('')
  const { data } = useUserSearch(useDebounced(text.trim()))
  const found = data?.items.filter((user) => !known.includes(user.id) && !user.is_root) ?? []
  return (
    <Command shouldFilter={false}>
      <CommandInput autoFocus value={text} onValueChange={setText} placeholder={t('members.search')} />
      <CommandList>
        <CommandEmpty>{data ? t('members.nobody') : t('common:loading')}</CommandEmpty>
        {found.map((user) => (
          <CommandItem key={user.id} value={user.id} onSelect={() => onChoose(user.id)}>
            <Avatar user={user} className="size-6" />
            <span className="min-w-0 truncate">{user.name || user.email}</span>
            {user.name && <span className="ml-auto min-w-0 truncate text-xs text-muted">{user.email}</span>}
          </CommandItem>
        ))}
      </CommandList>
    </Command>
  )
}
