import { Eye, EyeOff, RefreshCw } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Tooltip } from '@/components/ui/tooltip'
import { toast } from '@/lib/toast'
import { useNewKey } from './api'

const MASK = '•'.repeat(24)

export function ApiKey({ apiKey }: { apiKey: string }) {
  const { t } = useTranslation('settings')
  const [shown, setShown] = useState(false)
  const [asking, setAsking] = useState(false)
  const renew = useNewKey()
  const confirm = () =>
    renew.mutate(undefined, {
      onSuccess: () => toast.success(t('key.renewed')),
      onSettled: () => setAsking(false),
    })
  const Icon = shown ? EyeOff : Eye
  const toggle = shown ? t('key.hide') : t('key.show')
  return (
    <>
      <div className="flex items-center gap-1 rounded-md border border-line bg-subtle py-1 pr-1 pl-3">
        <code data-testid="api-key" className="min-w-0 flex-1 truncate font-mono text-xs">{shown ? apiKey : MASK}</code>
        <Tooltip text={toggle}>
          <Button variant="ghost" size="icon-sm" aria-label={toggle} onClick={() => setShown(!shown)}><Icon aria-hidden /></Button>
        </Tooltip>
        <CopyButton text={apiKey} label={t('key.copy')} />
      </div>
      <div>
        <Button onClick={() => setAsking(true)}>
          <RefreshCw aria-hidden />
          {t('key.renew')}
        </Button>
      </div>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('key.renewTitle')} action={t('key.renew')} busy={renew.isPending} onConfirm={confirm}>
        {t('key.renewHint')}
      </ConfirmDialog>
    </>
  )
}
