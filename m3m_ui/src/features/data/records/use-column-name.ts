import { useTranslation } from 'react-i18next'

/** What a column that is no field is called. */
export function useColumnName(): (name: string) => string {
  const { t } = useTranslation('data')
  return (name) => (name === 'created_at' ? t('created') : name === 'updated_at' ? t('updated') : name)
}
