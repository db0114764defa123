import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { WayBack } from '@/components/ui/states'
import { toast } from '@/lib/toast'
import { type Actions, ActionsContext, type Task } from './actions'
import { type Entry, filesKey, useFolder, useUnpack } from './api'
import { Dialogs } from './dialogs'
import { DropZone } from './drop-zone'
import { FolderContent } from './folder-content'
import { useDownload } from './links-api'
import { folderAddress, parentOf } from './paths'
import { ReplaceDialog } from './replace-dialog'
import { Toolbar } from './toolbar'
import { UploadPanel } from './upload-panel'
import { onArrival } from './uploads'
import { useChosen } from './use-chosen'
import { useUpload } from './use-upload'
import { useView } from './use-view'

export function FilesPage() {
  const { t } = useTranslation('files')
  const view = useView()
  const folder = useFolder(view.folder)
  const entries = useMemo(() => folder.data?.items ?? [], [folder.data])
  const [task, setTask] = useState<Task>()
  const [selection, setSelection] = useChosen(view.folder)
  const sending = useUpload(view.folder, entries)
  useArrivals(view.project)
  const actions = useMakeActions(view.go, view.setOpened, setTask)
  return (
    <ActionsContext value={actions}>
      <Page titleHidden title={t('title')} asked={folder} back={<WayBack to={folderAddress(view.project, '')}>{t('top')}</WayBack>}>
        <DropZone disabled={folder.isError} onFiles={sending.offer}>
          <Toolbar view={view} onFiles={sending.offer} onTask={setTask} />
          <FolderContent view={view} data={folder.data} selection={selection} onSelection={setSelection} onFiles={sending.offer} />
        </DropZone>
      </Page>
      <UploadPanel project={view.project} />
      <Dialogs view={view} entries={entries} task={task} onTask={setTask} onDone={() => setSelection({})} />
      {sending.asked && <ReplaceDialog names={sending.asked} onAnswer={sending.answer} />}
    </ActionsContext>
  )
}

/** Folders are asked for again when an upload has arrived. */
function useArrivals(project: string): void {
  const queries = useQueryClient()
  useEffect(() => {
    onArrival((of) => void queries.invalidateQueries({ queryKey: filesKey(of) }))
  }, [queries, project])
}

function useMakeActions(go: (path: string) => void, show: (name: string, options: { push: boolean }) => void, begin: (task: Task) => void): Actions {
  const { t } = useTranslation('files')
  const download = useDownload().mutate
  const unpack = useUnpack().mutate
  return useMemo(
    () => ({
      open: (entry: Entry) => (entry.is_dir ? go(entry.path) : show(entry.name, { push: true })),
      begin,
      download: (entry) => download(entry),
      unpack: (entry) =>
        unpack({ path: entry.path, to: parentOf(entry.path) }, { onSuccess: () => toast.success(t('unpacked', { name: entry.name })) }),
    }),
    [go, show, begin, download, unpack, t],
  )
}
