import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { SelectionBar } from '@/components/ui/selection-bar'
import { toast } from '@/lib/toast'
import type { Model } from '../lib/types'
import { useDeleteRecords } from '../records-api'

interface RecordsBarProps {
  model: Model
  ids: ReadonlySet<string>
  onClear: () => void
}

/** What can be done with the chosen records. */
export function RecordsBar({ model, ids, onClear }: RecordsBarProps) {
  const { t } = useTranslation(['data', 'common'])
  const [asking, setAsking] = useState(false)
  const remove = useDeleteRecords(model.slug)
  const count = ids.size
  if (count === 0) return null
  const confirm = () =>
    remove.mutate([...ids], {
      onSuccess: ({ deleted, cascaded }) => {
        toast.success(t('selection.done', { count: deleted }), cascaded > 0 ? { description: t('selection.cascaded', { count: cascaded }) } : {})
        setAsking(false)
        onClear()
      },
      onError: () => setAsking(false),
    })
  return (
    <SelectionBar label={t('selection.label')} count={count} onClear={onClear}>
      <Button variant="ghost" size="sm" className="text-danger-text" onClick={() => setAsking(true)}><Trash2 aria-hidden />{t('common:delete')}</Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('selection.ask', { count })} action={t('common:delete')} busy={remove.isPending} onConfirm={confirm}>
        {t('selection.askHint')}
      </ConfirmDialog>
    </SelectionBar>
  )
}
