import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import {
  DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem,
  DropdownMenuSeparator, DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu'
import { i18n, isLanguage, LANGUAGES, setLanguage } from '@/lib/i18n'
import { logout } from '@/lib/logout'
import { useStore } from '@/lib/store'
import { setTheme, theme, type Theme } from '@/lib/theme'
import { useUser } from '@/lib/use-user'
import { UserButton } from './user-button'

const THEMES = { light: Sun, dark: Moon, system: Monitor } as const

/** What is open when it is first drawn. */
export function OpenUserMenu({ onNavigate }: { onNavigate?: () => void }) {
  const { t } = useTranslation()
  const user = useUser()
  const navigate = useNavigate()
  const chosen = useStore(theme)
  const open = () => {
    onNavigate?.()
    void navigate('/profile')
  }
  return (
    <DropdownMenu defaultOpen>
      <DropdownMenuTrigger asChild>
        <UserButton user={user} />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-56">
        <DropdownMenuLabel className="truncate">{user.email}</DropdownMenuLabel>
        <DropdownMenuItem onSelect={open}>
          <UserRound aria-hidden />
          {t('nav.profile')}
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t('theme.label')}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={chosen} onValueChange={(value) => setTheme(value as Theme)}>
          {(Object.keys(THEMES) as Theme[]).map((name) => {
            const Icon = THEMES[name]
            return (
              <DropdownMenuRadioItem key={name} value={name}>
                <Icon aria-hidden />
                {t(`theme.${name}`)}
              </DropdownMenuRadioItem>
            )
          })}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{t('language.label')}</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={i18n.language} onValueChange={(value) => isLanguage(value) && setLanguage(value)}>
          {Object.entries(LANGUAGES).map(([code, name]) => (
            <DropdownMenuRadioItem key={code} value={code}>{name}</DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => void logout()}>
          <LogOut aria-hidden />
          {t('account.logout')}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
