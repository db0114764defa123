import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'

interface ChangedDialogProps {
  how: 'changed' | 'gone'
  busy: boolean
  onAnswer: (wish: 'back' | 'take' | 'write') => void
}

/** Somebody, maybe a service, has written or deleted the file since it was read. */
export function ChangedDialog({ how, busy, onAnswer }: ChangedDialogProps) {
  const { t } = useTranslation('files')
  return (
    <Dialog open onOpenChange={() => onAnswer('back')}>
      <DialogContent title={t(`stale.${how}`)} description={t(`stale.${how}Hint`)}>
        <DialogFooter className="flex-wrap">
          <Button onClick={() => onAnswer('back')}>{t('stale.back')}</Button>
          {how === 'changed' && <Button onClick={() => onAnswer('take')}>{t('stale.take')}</Button>}
          <Button variant="primary" busy={busy} onClick={() => onAnswer('write')}>{t(how === 'gone' ? 'stale.anew' : 'stale.write')}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
