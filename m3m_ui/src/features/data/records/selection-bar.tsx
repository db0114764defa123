import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toast } from '@/lib/toast'
import type { Model } from '../lib/types'
import { useDeleteRecords } from '../records-api'

interface SelectionBarProps {
  model: Model
  ids: ReadonlySet<string>
  onClear: () => void
}

/** What can be done with the chosen records. */
export function SelectionBar({ model, ids, onClear }: SelectionBarProps) {
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
    <div role="region" aria-label={t('selection.label')} className="sticky bottom-3 z-20 mx-auto flex w-fit max-w-full items-center gap-3 rounded-lg border border-line-strong bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-raised animate-in fade-in-0 slide-in-from-bottom-2">
      <span className="tabular">{t('selection.chosen', { count })}</span>
      <Button variant="ghost" size="sm" onClick={onClear}>{t('common:clear')}</Button>
      <Button variant="danger" size="sm" onClick={() => setAsking(true)}><Trash2 aria-hidden />{t('common:delete')}</Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('selection.ask', { count })} action={t('common:delete')} busy={remove.isPending} onConfirm={confirm}>
        {t('selection.askHint')}
      </ConfirmDialog>
    </div>
  )
}
