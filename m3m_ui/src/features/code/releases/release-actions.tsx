import { CircleCheckBig, EllipsisVertical, GitBranchPlus, Play, RotateCw, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { useProjectSlug, useStatus } from '@/lib/project'
import { isRunning, useRuns } from '@/lib/runs'
import { toast } from '@/lib/toast'
import { type ReleaseEntry, useActivate, useDeleteRelease } from '../api'

const NewBranchDialog = lazy(async () => ({ default: (await import('../dialogs/new-branch-dialog')).NewBranchDialog }))

type Asked = 'start' | 'delete' | 'branch'

/** Start, activate, branch off, delete. What runs is only replaced when that is wanted. */
export function ReleaseActions({ release, onDeleted }: { release: ReleaseEntry; onDeleted?: () => void }) {
  const { t } = useTranslation('code')
  const { version } = release
  const navigate = useNavigate()
  const project = useProjectSlug()
  const { data: status } = useStatus()
  const [asked, setAsked] = useState<Asked>()
  const { start } = useRuns()
  const activate = useActivate()
  const remove = useDeleteRelease()
  const close = () => setAsked(undefined)
  const running = isRunning(status) ? status?.source : null
  const run = () => {
    close()
    start.mutate({ version }, { onSuccess: () => toast.success(t('release.started', { version })) })
  }
  const drop = () => {
    remove.mutate(version, {
      onSettled: close,
      onSuccess: () => {
        toast.success(t('release.deleted', { version }))
        onDeleted?.()
      },
    })
  }
  return (
    <>
      <Button busy={start.isPending} aria-label={t(release.is_running ? 'release.restartOf' : 'release.startOf', { version })} onClick={() => (running ? setAsked('start') : run())}>
        {!start.isPending && (release.is_running ? <RotateCw aria-hidden /> : <Play aria-hidden />)}{t(release.is_running ? 'release.restart' : 'release.start')}
      </Button>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon" variant="ghost" aria-label={t('release.actions', { version })}><EllipsisVertical aria-hidden /></Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem disabled={release.is_active || activate.isPending} onSelect={() => activate.mutate(version, { onSuccess: () => toast.success(t('release.activated', { version })) })}>
            <CircleCheckBig aria-hidden />{t('release.activate')}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => setAsked('branch')}><GitBranchPlus aria-hidden />{t('release.branch')}</DropdownMenuItem>
          <DropdownMenuItem danger disabled={release.is_active || release.is_running} onSelect={() => setAsked('delete')}><Trash2 aria-hidden />{t('release.delete')}</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog open={asked === 'start'} onOpenChange={close} danger={false} title={t('release.startTitle', { version })} action={t('release.start')} onConfirm={run}>
        {t('release.startHint', { name: running?.name })}
      </ConfirmDialog>
      <ConfirmDialog open={asked === 'delete'} onOpenChange={close} title={t('release.deleteTitle', { version })} action={t('release.delete')} busy={remove.isPending} onConfirm={drop}>
        {t('release.deleteHint')}
      </ConfirmDialog>
      <Suspense>
        {asked === 'branch' && <NewBranchDialog from={version} fromRelease onCreated={(name) => void navigate(`/projects/${project}/code?branch=${name}`)} onClose={close} />}
      </Suspense>
    </>
  )
}
