import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/components/avatar'
import type { User } from '@/lib/session'

export function UserButton({ user, ...props }: { user: User } & ComponentProps<'button'>) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      aria-haspopup="menu"
      className="flex w-full items-center gap-2 rounded-md p-1.5 text-left text-sm hover:bg-hover data-[state=open]:bg-hover"
      {...props}
    >
      <span className="sr-only">{t('account.menu')}:</span>
      <Avatar user={user} className="size-6" />
      <span className="min-w-0 flex-1 truncate">{user.name || user.email}</span>
      <ChevronsUpDown className="size-4 text-faint" aria-hidden />
    </button>
  )
}
