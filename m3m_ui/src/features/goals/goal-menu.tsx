import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { type Goal, useDeleteGoal } from './api'

interface GoalMenuProps {
  goal: Goal
  project: string | undefined
  onEdit: () => void
}

export function GoalMenu({ goal, project, onEdit }: GoalMenuProps) {
  const { t } = useTranslation(['goals', 'common'])
  const [leaving, setLeaving] = useState(false)
  const remove = useDeleteGoal(project)
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon-sm" variant="ghost" aria-label={t('menuOf', { name: goal.name })}><Ellipsis aria-hidden /></Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem onSelect={onEdit}><Pencil aria-hidden />{t('common:edit')}</DropdownMenuItem>
          <DropdownMenuItem danger onSelect={() => setLeaving(true)}><Trash2 aria-hidden />{t('common:delete')}</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={leaving} onOpenChange={setLeaving} title={t('delete.title', { name: goal.name })} action={t('common:delete')} busy={remove.isPending}
        onConfirm={() => remove.mutate(goal.id, { onSettled: () => setLeaving(false) })}
      >
        {t('delete.hint')}
      </ConfirmDialog>
    </>
  )
}
