import { Copy, CopyPlus, EllipsisVertical, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { copyText } from '@/lib/clipboard'
import { formatDateTime } from '@/lib/format'
import { toast } from '@/lib/toast'
import type { Model, RecordData } from '../lib/types'
import { useDeleteRecords } from '../records-api'
import { NEW } from '../records/use-view'

interface RecordMenuProps {
  model: Model
  record: RecordData
  onOpen: (record: string | undefined, copyOf?: string) => void
  onDeleted: () => void
}

/** Who a record is, and what can be done with the whole of it. */
export function RecordMenu({ model, record, onOpen, onDeleted }: RecordMenuProps) {
  const { t } = useTranslation(['data', 'common'])
  const [asking, setAsking] = useState(false)
  const remove = useDeleteRecords(model.slug)
  const confirm = () =>
    remove.mutate([record.id], {
      onSuccess: ({ cascaded }) => {
        toast.success(t('selection.done', { count: 1 }), cascaded > 0 ? { description: t('selection.cascaded', { count: cascaded }) } : {})
        onDeleted()
        onOpen(undefined)
      },
      onError: () => setAsking(false),
    })
  const copy = () => void copyText(JSON.stringify(record, null, 2)).then((done) => done && toast.success(t('common:copied')))
  return (
    <div className="flex items-center gap-1 border-b border-line bg-subtle px-5 py-1.5 text-xs text-muted">
      <code className="truncate font-mono">{record.id}</code>
      <CopyButton text={record.id} label={t('record.copyId')} />
      <span className="ml-auto truncate max-sm:hidden">{typeof record.updated_at === 'string' && t('record.updated', { when: formatDateTime(record.updated_at) })}</span>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={t('record.actions')} className="max-sm:ml-auto"><EllipsisVertical aria-hidden /></Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={() => onOpen(NEW, record.id)}><CopyPlus aria-hidden />{t('record.duplicate')}</DropdownMenuItem>
          <DropdownMenuItem onSelect={copy}><Copy aria-hidden />{t('record.copyJson')}</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem danger onSelect={() => setAsking(true)}><Trash2 aria-hidden />{t('common:delete')}</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('selection.ask', { count: 1 })} action={t('common:delete')} busy={remove.isPending} onConfirm={confirm}>
        {t('selection.askHint')}
      </ConfirmDialog>
    </div>
  )
}
