import { useEffect, useState } from 'react'
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
  // what was known before the refusal is not what they have saved
  const theirs = useBranch(branch, { refetchOnMount: 'always' })
  const saved = theirs.isFetchedAfterMount ? theirs.data : undefined
  const { files, revision } = workspace.store.get()
  // our own save whose answer was lost, or the very same change
  const isOurs = saved !== undefined && isSame(filesOf(saved), files)
  const isSettled = saved !== undefined && (isOurs || saved.revision === revision)
  useEffect(() => {
    if (!isSettled) return
    if (isOurs) workspace.saved(saved)
    onClose()
  }, [isOurs, isSettled, onClose, saved, workspace])
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('conflict.title')} description={t('conflict.hint', { branch })} className="h-[84vh] max-w-6xl">
        {saved && !isSettled ? (
          <Choice theirs={saved} workspace={workspace} onStale={() => void theirs.refetch()} onClose={onClose} />
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
  const [{ base, files: mine }] = useState(() => workspace.store.get())
  const [{ into, both, files }, setResult] = useState(() => ({ into: theirs, ...merged(base, mine, filesOf(theirs)) }))
  const [file, setFile] = useState('')
  if (into.revision !== theirs.revision) {
    // what has been merged by hand is kept, and merged once more with what they have saved since
    const again = merged(filesOf(into), files, filesOf(theirs))
    setResult({ into: theirs, files: again.files, both: [...new Set([...both, ...again.both])] })
  }
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
        onChange={(name, code) => setResult((now) => ({ ...now, files: { ...now.files, [name]: code } }))}
      />
      <DialogFooter className="flex-wrap">
        <Button className="mr-auto max-sm:w-full" onClick={take}>{t('conflict.take')}</Button>
        <Button className="max-sm:w-full" disabled={save.isPending} onClick={() => keep(mine)}>{t('conflict.keep')}</Button>
        <Button variant="primary" className="max-sm:w-full" busy={save.isPending} onClick={() => (isSame(files, filesOf(theirs)) ? take() : keep(files))}>{t('conflict.merge')}</Button>
      </DialogFooter>
    </>
  )
}
