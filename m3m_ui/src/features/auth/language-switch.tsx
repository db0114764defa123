import { useTranslation } from 'react-i18next'
import { type Language, LANGUAGES, setLanguage } from '@/lib/i18n'

export function LanguageSwitch() {
  const { i18n, t } = useTranslation()
  return (
    <div role="group" aria-label={t('language.label')} className="mt-4 flex justify-center gap-1">
      {Object.entries(LANGUAGES).map(([code, name]) => (
        <button
          key={code}
          type="button"
          lang={code}
          aria-pressed={i18n.language === code}
          className="rounded-md px-2 py-1 text-xs text-muted hover:text-text aria-pressed:font-medium aria-pressed:text-text"
          onClick={() => setLanguage(code as Language)}
        >
          {name}
        </button>
      ))}
    </div>
  )
}
