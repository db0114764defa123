import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@/components/ui/dialog'

const SHOWN = 5

interface ReplaceDialogProps {
  names: string[]
  /** undefined: nothing is uploaded. */
  onAnswer: (replace: boolean | undefined) => void
}

export function ReplaceDialog({ names, onAnswer }: ReplaceDialogProps) {
  const { t } = useTranslation(['files', 'common'])
  return (
    <Dialog open onOpenChange={() => onAnswer(undefined)}>
      <DialogContent title={t('replace.title', { count: names.length })} description={t('replace.hint')}>
        <DialogBody>
          <ul className="text-sm">
            {names.slice(0, SHOWN).map((name) => <li key={name} className="truncate">{name}</li>)}
            {names.length > SHOWN && <li className="text-muted">{t('replace.more', { count: names.length - SHOWN })}</li>}
          </ul>
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onAnswer(undefined)}>{t('common:cancel')}</Button>
          <Button onClick={() => onAnswer(false)}>{t('replace.skip')}</Button>
          <Button variant="primary" onClick={() => onAnswer(true)}>{t('replace.replace')}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
