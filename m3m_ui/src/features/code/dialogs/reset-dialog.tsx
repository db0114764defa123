import { History } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/simple'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { useTagName } from '@/lib/tags'
import { toast } from '@/lib/toast'
import { useRelease, useReleases, useReset } from '../api'
import { filesOf, isSame } from '../files'
import { FilesDiff } from '../files-diff'
import type { Workspace } from '../workspace'

interface ResetDialogProps {
  branch: string
  workspace: Workspace
  /** A version; empty for the active release. */
  chosen: string
  onChoose: (version: string) => void
  onClose: () => void
}

/** Puts a release's code into the branch, after a look at what that changes. */
export function ResetDialog({ branch, workspace, chosen, onChoose, onClose }: ResetDialogProps) {
  const { t } = useTranslation(['code', 'common'])
  const releases = useReleases()
  const [file, setFile] = useState('')
  const items = releases.data?.items ?? []
  const version = (items.find((each) => each.version === chosen) ?? items.find((each) => each.is_active) ?? items[0])?.version
  const release = useRelease(version)
  const reset = useReset()
  const tagName = useTagName()
  const confirm = () => {
    if (version === undefined) return
    reset.mutate({ branch, version }, {
      onSuccess: (answer) => {
        workspace.saved(answer)
        toast.success(t('reset.done', { branch, version }))
        onClose()
      },
    })
  }
  const isNothing = !release.data || isSame(workspace.store.get().files, filesOf(release.data))
  const failed = releases.error ?? release.error
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('reset.title', { branch })} description={t('reset.hint')} className="h-[84vh] max-w-6xl">
        {releases.data && items.length === 0 ? (
          <DialogBody><EmptyState icon={History} title={t('reset.none')}>{t('reset.noneHint')}</EmptyState></DialogBody>
        ) : failed ? (
          <ErrorState error={failed} onRetry={() => void (releases.isError ? releases.refetch() : release.refetch())} />
        ) : (
          <>
            <div className="px-5 pb-3">
              <Select
                className="max-w-xs"
                value={version ?? ''}
                onChange={onChoose}
                aria-label={t('reset.release')}
                options={items.map((each) => ({ value: each.version, label: `${each.version} · ${tagName(each.tag)}${each.is_active ? ` · ${t('release.active')}` : ''}` }))}
              />
            </div>
            {release.data ? (
              <FilesDiff
                className="flex-1 border-y border-line"
                before={workspace.store.get().files}
                after={filesOf(release.data)}
                beforeName={t('reset.now', { branch })}
                afterName={t('release.name', { version: release.data.version })}
                file={file}
                onFile={setFile}
              />
            ) : (
              <Skeleton className="mx-5 flex-1" />
            )}
          </>
        )}
        <DialogFooter>
          <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
          <Button variant="danger" disabled={isNothing} busy={reset.isPending} onClick={confirm}>{t('reset.action')}</Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}
