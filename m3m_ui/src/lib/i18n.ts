import i18next, { type BackendModule } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { formattingIn } from './format'

export const LANGUAGES = { en: 'English', ru: 'Русский' } as const
export type Language = keyof typeof LANGUAGES

const KEY = 'm3m.language'
const files = import.meta.glob<Record<string, unknown>>(['/src/locales/*/*.json', '/src/features/*/locales/*.json'], {
  import: 'default',
})

/** The texts of a feature are loaded with its first page: namespace = name of the feature. */
const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language, namespace, done) {
    const load = files[`/src/features/${namespace}/locales/${language}.json`] ?? files[`/src/locales/${language}/${namespace}.json`]
    if (load === undefined) return done(new Error(`no texts for ${namespace}`), null)
    load().then(
      (texts) => done(null, texts as Record<string, string>),
      (error: unknown) => done(error as Error, null),
    )
  },
}

export const i18n = i18next

export function isLanguage(value: string | null | undefined): value is Language {
  return value !== null && value !== undefined && value in LANGUAGES
}

/** The chosen language, else the first of the browser's that we have. */
function preferred(): Language {
  const stored = localStorage.getItem(KEY)
  if (isLanguage(stored)) return stored
  return navigator.languages.map((each) => each.slice(0, 2)).find(isLanguage) ?? 'en'
}

export async function startI18n(language: Language = preferred()): Promise<void> {
  i18n.on('languageChanged', (now) => {
    document.documentElement.lang = now
    formattingIn(now)
  })
  await i18n.use(backend).use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    ns: ['common'],
    defaultNS: 'common',
    partialBundledLanguages: true,
    interpolation: { escapeValue: false }, // React escapes
    react: { useSuspense: true },
  })
}

export function setLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
  void i18n.changeLanguage(language)
}
