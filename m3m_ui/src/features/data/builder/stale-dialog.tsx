import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { formatDateTime } from '@/lib/format'
import type { Model } from '../lib/types'
import { same } from '../lib/values'

interface StaleDialogProps {
  base: Model
  theirs: Model
  onClose: () => void
  onTake: () => void
  onKeep: () => void
}

/** Somebody has saved the model meanwhile: theirs is taken and one's own given up, or one's own put over it. */
export function StaleDialog({ base, theirs, onClose, onTake, onKeep }: StaleDialogProps) {
  const { t } = useTranslation('data')
  const before = new Map(base.fields.map((field) => [field.key, field]))
  const after = new Map(theirs.fields.map((field) => [field.key, field]))
  const kinds = {
    added: [...after.keys()].filter((key) => !before.has(key)),
    removed: [...before.keys()].filter((key) => !after.has(key)),
    changed: [...after.keys()].filter((key) => before.has(key) && !same(before.get(key), after.get(key))),
  }
  const changes = (['added', 'removed', 'changed'] as const).filter((kind) => kinds[kind].length > 0)
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('stale.title')} description={t('stale.hint', { when: formatDateTime(theirs.updated_at) })}>
        <DialogBody>
          <ul className="flex flex-col gap-1 text-sm">
            {changes.map((kind) => (
              <li key={kind}>
                <span className="text-muted">{t(`stale.${kind}`)}</span> <code className="font-mono text-xs wrap-anywhere">{kinds[kind].join(', ')}</code>
              </li>
            ))}
            {changes.length === 0 && <li className="text-muted">{t('stale.settings')}</li>}
          </ul>
        </DialogBody>
        <DialogFooter className="flex-wrap">
          <Button onClick={onClose}>{t('stale.back')}</Button>
          <Button onClick={onTake}>{t('stale.take')}</Button>
          <Button variant="primary" onClick={onKeep}>{t('stale.keep')}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
