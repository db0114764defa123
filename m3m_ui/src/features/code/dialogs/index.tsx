import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { useStatus } from '@/lib/project'
import type { Branch } from '../api'
import type { useRun } from '../use-run'
import type { Work, Workspace } from '../workspace'
import { ShortcutsDialog } from './shortcuts-dialog'

const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog')).ConflictDialog }))
const PublishDialog = lazy(async () => ({ default: (await import('./publish-dialog')).PublishDialog }))
const ResetDialog = lazy(async () => ({ default: (await import('./reset-dialog')).ResetDialog }))

interface DialogsProps {
  /** Its name in the address; empty for none. */
  dialog: string
  onDialog: (name: string) => void
  /** The one that `reset` shows; empty for the active one. */
  release: string
  onRelease: (version: string) => void
  onStart: () => void
  branch: Branch
  workspace: Workspace
  work: Work
  run: ReturnType<typeof useRun>
}

export function Dialogs({ dialog, onDialog, release, onRelease, onStart, branch, workspace, work, run }: DialogsProps) {
  const { t } = useTranslation('code')
  const close = () => onDialog('')
  const running = useStatus().data?.source?.name
  const start = () => {
    close()
    onStart()
  }
  const discard = () => {
    workspace.discard()
    close()
  }
  return (
    <Suspense>
      {dialog === 'publish' && <PublishDialog branch={branch.name} isDirty={work.isDirty} save={run.save} onClose={close} />}
      {dialog === 'reset' && <ResetDialog branch={branch.name} workspace={workspace} chosen={release} onChoose={onRelease} onClose={close} />}
      {/* over the others: what was begun in them goes on when it is settled */}
      {run.conflict && <ConflictDialog branch={branch.name} workspace={workspace} onClose={() => run.setConflict(false)} />}
      {dialog === 'shortcuts' && <ShortcutsDialog onClose={close} />}
      <ConfirmDialog open={dialog === 'discard' && work.isDirty} onOpenChange={close} title={t('discard.title')} action={t('discard.action')} onConfirm={discard}>
        {t('discard.hint', { revision: work.revision })}
      </ConfirmDialog>
      <ConfirmDialog open={dialog === 'replace'} onOpenChange={close} danger={false} title={t('replace.title', { branch: branch.name })} action={t('toolbar.debug')} onConfirm={start}>
        {t('replace.hint', { name: running })}
      </ConfirmDialog>
    </Suspense>
  )
}
