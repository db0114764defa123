import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Select } from '@/components/ui/select'
import { type Language, LANGUAGES, setLanguage } from '@/lib/i18n'
import { useStore } from '@/lib/store'
import { setTheme, type Theme, theme } from '@/lib/theme'

const THEMES = ['system', 'light', 'dark'] as const satisfies readonly Theme[]

export function Appearance() {
  const { t, i18n } = useTranslation()
  const chosen = useStore(theme)
  return (
    <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
      <Field label={t('language.label')}>
        {(tied) => (
          <Select {...tied} value={i18n.language} onChange={(code) => setLanguage(code as Language)} options={Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }))} />
        )}
      </Field>
      <Field label={t('theme.label')}>
        {(tied) => <Select {...tied} value={chosen} onChange={(name) => setTheme(name as Theme)} options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))} />}
      </Field>
    </div>
  )
}
