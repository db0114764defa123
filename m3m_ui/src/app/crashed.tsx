import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/states'

/** A page threw while it was drawn, or its files are gone because the server was updated: a reload helps both. */
export function Crashed() {
  const { t } = useTranslation()
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title={t('states.crashed')}
        action={<Button variant="primary" onClick={() => location.reload()}>{t('states.reload')}</Button>}
      >
        {t('errors.unexpected')}
      </EmptyState>
    </div>
  )
}
