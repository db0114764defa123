import { lazy, Suspense, useState } from 'react'
import type { Task } from './actions'
import type { Entry } from './api'
import { DeleteDialog } from './delete-dialog'
import { parentOf } from './paths'
import { LINKS, type View } from './use-view'

const NameDialog = lazy(async () => ({ default: (await import('./name-dialog')).NameDialog }))
const MoveDialog = lazy(async () => ({ default: (await import('./move-dialog')).MoveDialog }))
const LinkDialog = lazy(async () => ({ default: (await import('./link-dialog')).LinkDialog }))
const LinksSheet = lazy(async () => ({ default: (await import('./links-sheet')).LinksSheet }))
const PreviewDialog = lazy(async () => ({ default: (await import('./preview-dialog')).PreviewDialog }))

interface DialogsProps {
  view: View
  entries: readonly Entry[]
  task: Task | undefined
  onTask: (task: Task | undefined) => void
  /** What was ticked has been dealt with. */
  onDone: () => void
}

export function Dialogs({ view, entries, task, onTask, onDone }: DialogsProps) {
  const found = entries.find((entry) => !entry.is_dir && entry.name === view.opened)
  const [last, setLast] = useState(found)
  if (found && found !== last) setLast(found)
  // what somebody deletes meanwhile stays open: it may be being written
  const opened = found ?? (last?.name === view.opened && parentOf(last.path) === view.folder ? last : undefined)
  const close = () => onTask(undefined)
  const done = () => {
    close()
    onDone()
  }
  return (
    <Suspense fallback={null}>
      {opened && <PreviewDialog view={view} entry={opened} entries={entries} />}
      {task?.do === 'folder' && <NameDialog task={task} folder={view.folder} entries={entries} onClose={close} />}
      {task?.do === 'file' && (
        <NameDialog task={task} folder={view.folder} entries={entries} onClose={close} onMade={(name) => view.setOpened(name, { push: true })} />
      )}
      {task?.do === 'rename' && <NameDialog task={task} folder={view.folder} entries={entries} onClose={close} />}
      {task?.do === 'pack' && <NameDialog task={task} folder={view.folder} entries={entries} onClose={done} />}
      {task?.do === 'move' && <MoveDialog entries={task.entries} from={view.folder} onClose={close} onDone={done} />}
      {task?.do === 'delete' && <DeleteDialog entries={task.entries} onClose={close} onDone={done} />}
      {task?.do === 'link' && <LinkDialog entry={task.entry} onClose={close} />}
      {view.dialog === LINKS && <LinksSheet onClose={() => view.setDialog('')} />}
    </Suspense>
  )
}
