import { Settings } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { EmptyState } from '@/components/ui/states'

export function SettingsPage() {
  const { t } = useTranslation('settings')
  return (
    <Page titleHidden title={t('title')}>
      <EmptyState icon={Settings} title={t('empty.title')}>{t('empty.hint')}</EmptyState>
    </Page>
  )
}
