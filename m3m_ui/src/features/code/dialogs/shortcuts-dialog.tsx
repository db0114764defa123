import { useTranslation } from 'react-i18next'
import { Dialog, DialogBody, DialogContent } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/simple'
import { MOD } from '../use-shortcuts'

const SHORTCUTS = [
  ['save', [MOD, 'S']],
  ['run', [MOD, 'Enter']],
  ['complete', [MOD, 'Space']],
  ['format', ['Shift', 'Alt', 'F']],
  ['find', [MOD, 'F']],
  ['comment', [MOD, '/']],
  ['move', ['Alt', '↑ ↓']],
  ['cursors', [MOD, 'D']],
  ['definition', ['F12']],
  ['rename', ['F2']],
  ['nextProblem', ['F8']],
  ['commands', ['F1']],
  ['tab', [MOD, 'M']],
  ['palette', [MOD, 'K']],
] as const

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('code')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('toolbar.shortcuts')}>
        <DialogBody className="pb-5">
          <dl className="divide-y divide-line text-sm">
            {SHORTCUTS.map(([name, keys]) => (
              <div key={name} className="flex min-h-9 items-center justify-between gap-4 py-1.5">
                <dt>{t(`shortcuts.${name}`)}</dt>
                <dd className="flex gap-1">{keys.map((key) => <Kbd key={key}>{key}</Kbd>)}</dd>
              </div>
            ))}
          </dl>
        </DialogBody>
      </DialogContent>
    </Dialog>
  )
}
