import { RadioGroup } from 'radix-ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { type Field, labelOf } from '../lib/types'
import { type FormValues, same } from '../lib/values'

interface ConflictDialogProps {
  fields: readonly Field[]
  /** What both began with. */
  base: FormValues
  mine: FormValues
  theirs: FormValues
  onClose: () => void
  onResolve: (values: FormValues) => void
}

type Side = 'mine' | 'theirs'

/** Somebody has saved meanwhile. What only one has changed is taken from that one; for the rest, one chooses. */
export function ConflictDialog({ fields, base, mine, theirs, onClose, onResolve }: ConflictDialogProps) {
  const { t } = useTranslation(['data', 'common'])
  const differing = fields.filter(({ key }) => !same(mine[key], theirs[key]))
  const [sides, setSides] = useState<Record<string, Side>>(() =>
    Object.fromEntries(differing.map(({ key }) => [key, same(mine[key], base[key]) ? 'theirs' : 'mine'])),
  )
  const save = () => onResolve(Object.fromEntries(fields.map(({ key }) => [key, (sides[key] === 'mine' ? mine : theirs)[key]])))
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('conflict.title')} description={t('conflict.hint')} className="max-w-2xl" onClick={(event) => event.stopPropagation()}>
        <DialogBody className="flex flex-col gap-4">
          {differing.map((field) => (
            <RadioGroup.Root key={field.key} aria-label={labelOf(field)} value={sides[field.key]} onValueChange={(side) => setSides({ ...sides, [field.key]: side as Side })}>
              <p className="mb-1 text-sm font-medium">{labelOf(field)}</p>
              <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
                {(['theirs', 'mine'] as const).map((side) => (
                  <Choice key={side} side={side} value={(side === 'mine' ? mine : theirs)[field.key]} />
                ))}
              </div>
            </RadioGroup.Root>
          ))}
          {differing.length === 0 && <p className="text-sm text-muted">{t('conflict.none')}</p>}
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{t('conflict.back')}</Button>
          <Button variant="primary" onClick={save}>{t('conflict.save')}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function Choice({ side, value }: { side: Side; value: unknown }) {
  const { t } = useTranslation('data')
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return (
    <RadioGroup.Item
      value={side}
      className="group flex max-h-40 flex-col overflow-y-auto rounded-md border border-line-strong p-2.5 text-left text-sm data-[state=checked]:border-accent data-[state=checked]:bg-accent-soft data-[state=unchecked]:hover:bg-hover"
    >
      <span className="mb-1 text-xs text-muted group-data-[state=checked]:text-accent-text">{t(`conflict.${side}`)}</span>
      <span className="whitespace-pre-wrap wrap-anywhere">{text === '' || text === undefined ? '–' : text}</span>
    </RadioGroup.Item>
  )
}
