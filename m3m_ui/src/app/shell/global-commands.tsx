import { Languages, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Command, useCommands } from '@/lib/commands'
import { LANGUAGES, type Language, setLanguage } from '@/lib/i18n'
import { logout } from '@/lib/logout'
import { setTheme, type Theme } from '@/lib/theme'
import { NAVIGATION } from './navigation'

const THEMES = { light: Sun, dark: Moon, system: Monitor } as const

/** What can be done from everywhere. */
export function GlobalCommands() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const offered = useMemo<Command[]>(() => {
    const pages = [...NAVIGATION, { to: '/profile', key: 'profile', icon: UserRound } as const]
    return [
      ...pages.map(({ to, key, icon }) => ({
        id: `go:${to}`, title: t(`nav.${key}`), group: t('palette.goTo'), icon, run: () => void navigate(to),
      })),
      ...(Object.keys(THEMES) as Theme[]).map((name) => ({
        id: `theme:${name}`, title: t(`theme.${name}`), group: t('palette.appearance'), icon: THEMES[name], keywords: [t('theme.label')],
        run: () => setTheme(name),
      })),
      ...Object.entries(LANGUAGES).map(([code, name]) => ({
        id: `language:${code}`, title: name, group: t('palette.appearance'), icon: Languages, keywords: [t('language.label')],
        run: () => setLanguage(code as Language),
      })),
      { id: 'logout', title: t('account.logout'), group: t('palette.account'), icon: LogOut, run: () => void logout() },
    ]
  }, [navigate, t])
  useCommands(offered)
  return null
}
