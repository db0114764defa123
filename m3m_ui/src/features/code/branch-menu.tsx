import { ChevronDown, GitBranch, Plus, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { formatRelative } from '@/lib/format'
import { useBranches, useDeleteBranch } from './api'
import { forgetWorkspace, type Workspace } from './workspace'

const NewBranchDialog = lazy(async () => ({ default: (await import('./dialogs/new-branch-dialog')).NewBranchDialog }))

const DEVELOP = 'develop'

interface BranchMenuProps {
  branch: string
  workspace: Workspace
  isDirty: boolean
  onBranch: (name: string) => void
}

export function BranchMenu({ branch, workspace, isDirty, onBranch }: BranchMenuProps) {
  const { t } = useTranslation('code')
  const branches = useBranches()
  const [dialog, setDialog] = useState<'new' | 'delete'>()
  const close = () => setDialog(undefined)
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button className="min-w-0 shrink" aria-label={t('branch.current', { name: branch })}>
            <GitBranch aria-hidden />
            <span className="truncate">{branch}</span>
            <ChevronDown className="text-faint" aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="start" className="max-w-80">
          <DropdownMenuLabel>{t('branch.title')}</DropdownMenuLabel>
          <DropdownMenuRadioGroup value={branch} onValueChange={onBranch}>
            {(branches.data?.items ?? []).map((each) => (
              <DropdownMenuRadioItem key={each.name} value={each.name}>
                <span className="truncate">{each.name}</span>
                <span className="ml-auto pl-4 text-xs whitespace-nowrap text-muted">{formatRelative(each.updated_at)}</span>
              </DropdownMenuRadioItem>
            ))}
          </DropdownMenuRadioGroup>
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => setDialog('new')}><Plus aria-hidden />{t('branch.new')}</DropdownMenuItem>
          <DropdownMenuItem danger disabled={branch === DEVELOP} onSelect={() => setDialog('delete')}><Trash2 aria-hidden />{t('branch.delete', { name: branch })}</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Suspense>{dialog === 'new' && <NewBranchDialog from={branch} onCreated={onBranch} onClose={close} />}</Suspense>
      {dialog === 'delete' && <DeleteDialog branch={branch} workspace={workspace} isDirty={isDirty} onDeleted={() => onBranch(DEVELOP)} onClose={close} />}
    </>
  )
}

interface DeleteDialogProps {
  branch: string
  workspace: Workspace
  isDirty: boolean
  onDeleted: () => void
  onClose: () => void
}

function DeleteDialog({ branch, workspace, isDirty, onDeleted, onClose }: DeleteDialogProps) {
  const { t } = useTranslation('code')
  const remove = useDeleteBranch()
  const done = () => {
    forgetWorkspace(workspace)
    onClose()
    onDeleted()
  }
  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t('branch.deleteTitle', { name: branch })}
      action={t('branch.deleteAction')}
      busy={remove.isPending}
      onConfirm={() => remove.mutate(branch, { onSuccess: done, onError: onClose })}
    >
      {t('branch.deleteHint')}
      {isDirty && <p className="mt-1 text-danger-text">{t('branch.deleteDirty')}</p>}
    </ConfirmDialog>
  )
}
