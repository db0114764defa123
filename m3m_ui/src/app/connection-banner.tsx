import { LoaderCircle } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { connected, probe } from '@/lib/api'
import { useStore } from '@/lib/store'

export function ConnectionBanner() {
  const { t } = useTranslation()
  if (useStore(connected)) return null
  return (
    <div role="alert" className="flex min-h-9 shrink-0 items-center justify-center gap-2 bg-warning-soft px-4 py-1 text-sm text-warning-text">
      <LoaderCircle className="size-4 animate-spin" aria-hidden />
      <span>{t('connection.lost')}</span>
      <button type="button" className="font-medium underline underline-offset-4" onClick={() => void probe()}>
        {t('connection.retry')}
      </button>
    </div>
  )
}
