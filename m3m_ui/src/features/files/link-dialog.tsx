import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { formatDateTime } from '@/lib/format'
import type { Entry } from './api'
import { useMakeLink } from './links-api'

const HOUR = 3600
const LIVES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR, never: null } as const
type Life = keyof typeof LIVES

export function LinkDialog({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const { t } = useTranslation(['files', 'common'])
  const [life, setLife] = useState<Life>('week')
  const make = useMakeLink()
  const made = make.data
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('link.title', { name: entry.name })} description={t('link.hint')}>
        <DialogBody className="flex flex-col gap-4">
          {made ? (
            <Field label={t('link.address')} hint={made.expires_at ? t('link.until', { time: formatDateTime(made.expires_at) }) : t('link.forever')}>
              {(tied) => (
                <div className="flex items-center gap-1">
                  <Input {...tied} readOnly autoFocus value={made.url} className="font-mono text-sm" onFocus={(event) => event.target.select()} />
                  <CopyButton text={made.url} label={t('link.copy')} />
                </div>
              )}
            </Field>
          ) : (
            <Field label={t('link.life')}>
              {(tied) => (
                <Select
                  {...tied} value={life} onChange={(value) => setLife(value as Life)}
                  options={(Object.keys(LIVES) as Life[]).map((value) => ({ value, label: t(`link.lives.${value}`) }))}
                />
              )}
            </Field>
          )}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild><Button>{t(made ? 'common:close' : 'common:cancel')}</Button></DialogClose>
          {!made && (
            <Button variant="primary" busy={make.isPending} onClick={() => make.mutate({ path: entry.path, expiresIn: LIVES[life] })}>{t('link.make')}</Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
