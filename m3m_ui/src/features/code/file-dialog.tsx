import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { MAIN, nameFault, renamed, without } from './files'
import type { Workspace } from './workspace'

export type FileTask = { kind: 'add' } | { kind: 'rename' | 'delete'; name: string }

interface FileDialogProps {
  task: FileTask
  workspace: Workspace
  file: string
  onFile: (name: string) => void
  onClose: () => void
}

export function FileDialog({ task, workspace, file, onFile, onClose }: FileDialogProps) {
  const { t } = useTranslation('code')
  const { files } = workspace.store.get()
  if (task.kind === 'delete') {
    const remove = () => {
      workspace.change(without(files, task.name))
      if (file === task.name) onFile(MAIN)
      onClose()
    }
    return (
      <ConfirmDialog open onOpenChange={onClose} title={t('files.deleteTitle', { name: task.name })} action={t('files.delete')} onConfirm={remove}>
        {t('files.deleteHint')}
      </ConfirmDialog>
    )
  }
  const before = task.kind === 'rename' ? task.name : undefined
  const done = (name: string) => {
    workspace.change(before === undefined ? { ...files, [name]: '' } : renamed(files, before, name))
    if (before === undefined || before === file) onFile(name)
    onClose()
  }
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={before === undefined ? t('files.add') : t('files.renameTitle', { name: before })}>
        <NameForm before={before} fault={(name) => nameFault(name, files, before)} onDone={done} />
      </DialogContent>
    </Dialog>
  )
}

interface NameFormProps {
  before: string | undefined
  fault: (name: string) => ReturnType<typeof nameFault>
  onDone: (name: string) => void
}

function NameForm({ before, fault, onDone }: NameFormProps) {
  const { t } = useTranslation(['code', 'common'])
  const [name, setName] = useState(before ?? '')
  const [tried, setTried] = useState(false)
  const wrong = fault(name.trim())
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!wrong) onDone(name.trim())
  }
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody>
        <Field label={t('files.name')} hint={t('files.nameHint')} error={tried && wrong ? t(`files.fault.${wrong}`) : undefined}>
          {(tied) => (
            <Input {...tied} value={name} autoFocus autoComplete="off" spellCheck={false} placeholder="lib/prices.js" className="font-mono text-sm" onChange={(event) => setName(event.target.value)} />
          )}
        </Field>
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary">{before === undefined ? t('common:create') : t('files.rename')}</Button>
      </DialogFooter>
    </form>
  )
}
