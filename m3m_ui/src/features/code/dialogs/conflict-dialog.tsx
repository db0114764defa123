import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { toastError } from '@/lib/toast'
import { type Branch, useBranch, useSave } from '../api'
import { type Files, filesOf, isSame, merged } from '../files'
import { FilesDiff } from '../files-diff'
import { STALE } from '../use-run'
import type { Workspace } from '../workspace'

interface ConflictDialogProps {
  branch: string
  workspace: Workspace
  onClose: () => void
}

/** Somebody has saved the branch since we have loaded it: which code shall it be? */
export function ConflictDialog({ branch, workspace, onClose }: ConflictDialogProps) {
  const { t } = useTranslation('code')
  const theirs = useBranch(branch)
  // what was known before the refusal is not what they have saved
  const isFresh = theirs.data && theirs.data.revision > workspace.store.get().revision
  if (!isFresh && !theirs.isFetching && !theirs.isError) void theirs.refetch()
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('conflict.title')} description={t('conflict.hint', { branch })} className="h-[84vh] max-w-6xl">
        {isFresh ? (
          <Choice key={theirs.data.revision} theirs={theirs.data} workspace={workspace} onStale={() => void theirs.refetch()} onClose={onClose} />
        ) : theirs.isError ? (
          <ErrorState error={theirs.error} onRetry={() => void theirs.refetch()} />
        ) : (
          <Skeleton className="m-5 flex-1" />
        )}
      </DialogContent>
    </Dialog>
  )
}

interface ChoiceProps {
  theirs: Branch
  workspace: Workspace
  /** They have saved again. */
  onStale: () => void
  onClose: () => void
}

function Choice({ theirs, workspace, onStale, onClose }: ChoiceProps) {
  const { t } = useTranslation('code')
  const save = useSave()
  const [{ mine, both, files: first }] = useState(() => {
    const { base, files } = workspace.store.get()
    return { mine: files, ...merged(base, files, filesOf(theirs)) }
  })
  const [files, setFiles] = useState<Files>(first)
  const [file, setFile] = useState('')
  const take = () => {
    workspace.saved(theirs)
    onClose()
  }
  const keep = (kept: Files) => {
    save.mutate({ branch: theirs.name, files: kept, revision: theirs.revision }, {
      onSuccess: (saved) => {
        workspace.saved(saved)
        onClose()
      },
      onError: (error) => (isApiError(error, 409) && error.code === STALE ? onStale() : toastError(error)),
    })
  }
  return (
    <>
      <p className="px-5 pb-3 text-sm text-muted">{both.length > 0 ? t('conflict.overlap', { count: both.length }) : t('conflict.apart')}</p>
      <FilesDiff
        className="flex-1 border-y border-line"
        before={filesOf(theirs)}
        after={files}
        beforeName={t('conflict.theirs', { revision: theirs.revision })}
        afterName={t('conflict.result')}
        file={file}
        onFile={setFile}
        marked={both}
        onChange={(name, code) => setFiles((now) => ({ ...now, [name]: code }))}
      />
      <DialogFooter className="flex-wrap">
        <Button className="mr-auto max-sm:w-full" onClick={take}>{t('conflict.take')}</Button>
        <Button className="max-sm:w-full" disabled={save.isPending} onClick={() => keep(mine)}>{t('conflict.keep')}</Button>
        <Button variant="primary" className="max-sm:w-full" busy={save.isPending} onClick={() => (isSame(files, filesOf(theirs)) ? take() : keep(files))}>{t('conflict.merge')}</Button>
      </DialogFooter>
    </>
  )
}
