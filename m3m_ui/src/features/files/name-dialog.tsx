import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, Field, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { ApiError } from '@/lib/api'
import { errorText } from '@/lib/toast'
import type { Task } from './actions'
import { type Entry, useMakeFile, useMakeFolder, usePack, useRename } from './api'
import { freeName, joined, nameOf } from './paths'

type NameTask = Extract<Task, { do: 'folder' | 'file' | 'rename' | 'pack' }>

interface NameDialogProps {
  task: NameTask
  folder: string
  entries: readonly Entry[]
  onClose: () => void
  onMade?: (name: string) => void
}

/** Asks for a name: of something new, of an archive, or another one. */
export function NameDialog({ task, folder, entries, onClose, onMade }: NameDialogProps) {
  const { t } = useTranslation(['files', 'common'])
  const [name, setName] = useState(() => firstName(task, folder, entries))
  const [wrong, setWrong] = useState<string>()
  const { make, busy } = useMake(task, folder)
  const done = () => {
    onClose()
    onMade?.(name.trim())
  }
  const submit = useSubmit(async () => {
    if (name.trim() === '') setWrong(t('name.needed'))
    else if (name.includes('/')) setWrong(t('name.slash'))
    else if (task.do === 'rename' && name === task.entry.name) onClose()
    else await make(joined(folder, name.trim())).then(done, (error) => setWrong(messageOf(error)))
  })
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t(`name.${task.do}`)} onOpenAutoFocus={(event) => selectStem(event)}>
        <form noValidate className="contents" onSubmit={submit}>
          <DialogBody>
            <Field label={t('name.label')} error={wrong}>
              {(tied) => (
                <Input
                  {...tied} value={name} autoComplete="off" spellCheck={false} maxLength={255}
                  onChange={(event) => {
                    setName(event.target.value)
                    setWrong(undefined)
                  }}
                />
              )}
            </Field>
          </DialogBody>
          <DialogFooter>
            <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
            <Button type="submit" variant="primary" busy={busy}>{t(task.do === 'rename' ? 'menu.rename' : 'common:create')}</Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  )
}

function useMake(task: NameTask, folder: string): { make: (path: string) => Promise<unknown>; busy: boolean } {
  const makeFolder = useMakeFolder()
  const makeFile = useMakeFile()
  const rename = useRename()
  const pack = usePack()
  const make = (path: string): Promise<unknown> => {
    if (task.do === 'folder') return answerOf(makeFolder, path)
    if (task.do === 'file') return answerOf(makeFile, path)
    if (task.do === 'rename') return answerOf(rename, { from: task.entry.path, to: joined(folder, nameOf(path)) })
    return answerOf(pack, { paths: task.entries.map((entry) => entry.path), to: path })
  }
  return { make, busy: makeFolder.isPending || makeFile.isPending || rename.isPending || pack.isPending }
}

function firstName(task: NameTask, folder: string, entries: readonly Entry[]): string {
  if (task.do === 'rename') return task.entry.name
  if (task.do === 'folder') return ''
  const taken = new Set(entries.map((entry) => entry.name))
  if (task.do === 'file') return freeName('new.txt', taken)
  const [only] = task.entries
  return freeName(`${task.entries.length === 1 && only ? only.name : nameOf(folder) || 'files'}.zip`, taken)
}

/** The name without its ending is selected, as in every file manager. */
function selectStem(event: Event): void {
  const input = (event.currentTarget as HTMLElement).querySelector('input')
  if (!input) return
  event.preventDefault()
  input.focus()
  const dot = input.value.lastIndexOf('.')
  input.setSelectionRange(0, dot > 0 ? dot : input.value.length)
}

function messageOf(error: unknown): string {
  const first = error instanceof ApiError ? Object.values(error.fields)[0]?.message : undefined
  return first ?? errorText(error)
}
