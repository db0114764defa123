import { ChevronLeft, Folder } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { type Entry, useFolder, useMoveAll } from './api'
import { joined, parentOf } from './paths'

interface MoveDialogProps {
  entries: Entry[]
  from: string
  onClose: () => void
  onDone: () => void
}

/** Walks through the folders to the one that is meant. */
export function MoveDialog({ entries, from, onClose, onDone }: MoveDialogProps) {
  const { t } = useTranslation(['files', 'common'])
  const [target, setTarget] = useState(from)
  const move = useMoveAll()
  const [first] = entries
  const title = entries.length === 1 ? t('move.one', { name: first?.name }) : t('move.many', { count: entries.length })
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={title}>
        <DialogBody>
          <div className="mb-2 flex items-center gap-1">
            <Button size="icon-sm" variant="ghost" aria-label={t('move.up')} disabled={target === ''} onClick={() => setTarget(parentOf(target))}><ChevronLeft aria-hidden /></Button>
            <span className="truncate text-sm font-medium" aria-live="polite">{target || t('top')}</span>
          </div>
          <Folders of={target} without={entries} onOpen={setTarget} />
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
          <Button
            variant="primary" busy={move.isPending} disabled={target === from}
            onClick={() => move.mutate(entries.map((entry) => ({ from: entry.path, to: joined(target, entry.name) })), { onSuccess: onDone })}
          >
            {t('move.here')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

interface FoldersProps {
  of: string
  without: Entry[]
  onOpen: (path: string) => void
}

function Folders({ of, without, onOpen }: FoldersProps) {
  const { t } = useTranslation('files')
  const { data, error, refetch } = useFolder(of)
  const frame = 'h-64 overflow-y-auto rounded-md border border-line bg-surface p-1'
  if (error && !data) return <div className={frame}><ErrorState error={error} onRetry={() => void refetch()} className="py-6" /></div>
  if (!data) return <div className={frame}>{[1, 2, 3].map((each) => <Skeleton key={each} className="m-1 h-6" />)}</div>
  // nothing goes into itself
  const folders = data.items.filter((entry) => entry.is_dir && !without.some((each) => each.path === entry.path))
  return (
    <ul className={frame}>
      {folders.map((entry) => (
        <li key={entry.path}>
          <button type="button" className="flex h-8 w-full items-center gap-2 rounded-md px-2 text-left text-sm hover:bg-hover" onClick={() => onOpen(entry.path)}>
            <Folder className="size-4 shrink-0 fill-accent-soft text-accent-text" aria-hidden />
            <span className="truncate">{entry.name}</span>
          </button>
        </li>
      ))}
      {folders.length === 0 && <li className="px-2 py-6 text-center text-sm text-muted">{t('move.none')}</li>}
    </ul>
  )
}
