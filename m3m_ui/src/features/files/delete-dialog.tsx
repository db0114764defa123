import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { type Entry, useDeleteAll } from './api'

interface DeleteDialogProps {
  entries: Entry[]
  onClose: () => void
  onDone: () => void
}

export function DeleteDialog({ entries, onClose, onDone }: DeleteDialogProps) {
  const { t } = useTranslation(['files', 'common'])
  const remove = useDeleteAll()
  const [first] = entries
  const title = entries.length === 1 ? t('delete.one', { name: first?.name }) : t('delete.many', { count: entries.length })
  return (
    <ConfirmDialog
      open onOpenChange={onClose} title={title} action={t('common:delete')} busy={remove.isPending}
      onConfirm={() => remove.mutate(entries.map((entry) => entry.path), { onSuccess: onDone, onError: onClose })}
    >
      {t(entries.some((entry) => entry.is_dir) ? 'delete.hintFolder' : 'delete.hint')}
    </ConfirmDialog>
  )
}
