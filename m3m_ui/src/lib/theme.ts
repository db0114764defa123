import { createStore } from './store'

export type Theme = 'light' | 'dark' | 'system'

const KEY = 'm3m.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')

function stored(): Theme {
  const value = localStorage.getItem(KEY)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** What the user has chosen. */
export const theme = createStore<Theme>(stored())

/** What is shown: for editors and charts, which cannot read CSS variables. */
export const isDark = createStore(document.documentElement.classList.contains('dark'))

export function setTheme(next: Theme): void {
  if (next === 'system') localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, next)
  theme.set(next)
}

function apply(): void {
  const now = theme.get()
  const shown = now === 'system' ? dark.matches : now === 'dark'
  document.documentElement.classList.toggle('dark', shown)
  isDark.set(shown)
}

export function startTheme(): void {
  theme.subscribe(apply)
  dark.addEventListener('change', apply)
  window.addEventListener('storage', (event) => {
    if (event.key === KEY) theme.set(stored())
  })
  apply()
}
