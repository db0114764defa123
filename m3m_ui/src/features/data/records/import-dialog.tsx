import { FileUp } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { cn } from '@/lib/cn'
import { errorText, toast } from '@/lib/toast'
import type { Model } from '../lib/types'
import { type FileFormat, useImport } from '../records-api'
import { ImportErrors, PreviewTable } from './import-preview'
import { formatOf, preview, type Preview } from './preview'

interface ImportDialogProps {
  model: Model
  onClose: () => void
}

interface Chosen {
  file: File
  format: FileFormat
  preview: Preview | undefined
}

/** A file is tried first, without writing: one sees what would come of it, then does it. */
export function ImportDialog({ model, onClose }: ImportDialogProps) {
  const { t } = useTranslation(['data', 'common'])
  const [chosen, setChosen] = useState<Chosen>()
  const [mode, setMode] = useState<'create' | 'upsert'>('create')
  const [skipErrors, setSkipErrors] = useState(false)
  const attempt = useImport(model.slug)
  const run = useImport(model.slug)
  const report = attempt.data
  const attemptWith = (file: File, format: FileFormat, how: 'create' | 'upsert') => {
    run.reset()
    attempt.mutate({ file, format, mode: how, dryRun: true, skipErrors: false })
  }
  const choose = async (file: File) => {
    const format = formatOf(file)
    setSkipErrors(false)
    attemptWith(file, format, mode)
    setChosen({ file, format, preview: preview(await file.text(), format) })
  }
  const load = () => {
    if (!chosen) return
    run.mutate({ file: chosen.file, format: chosen.format, mode, dryRun: false, skipErrors }, {
      onSuccess: ({ created, updated }) => {
        toast.success(t('import.done', { count: created + updated }), updated > 0 ? { description: t('import.doneUpdated', { count: updated }) } : {})
        onClose()
      },
    })
  }
  const good = report ? report.created + report.updated : 0
  const error = attempt.error ?? run.error
  const modes = (['create', 'upsert'] as const).map((value) => ({ value, label: t(`import.mode.${value}`), hint: t(`import.mode.${value}Hint`) }))
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('import.title', { model: model.name })} description={t('import.hint')} className="max-w-3xl">
        <DialogBody className="flex flex-col gap-4 pb-2">
          <FileDrop name={chosen?.file.name} onFile={(file) => void choose(file)} />
          <RadioGroup
            aria-label={t('import.mode.label')}
            className="sm:flex-row sm:gap-6"
            options={modes}
            value={mode}
            onChange={(next) => {
              setMode(next as typeof mode)
              if (chosen) attemptWith(chosen.file, chosen.format, next as typeof mode)
            }}
          />
          {chosen?.preview && <div className="shrink-0"><PreviewTable preview={chosen.preview} model={model} /></div>}
          {error && <Alert tone="danger" title={t('import.refused')}>{errorText(error)}</Alert>}
          {report && !attempt.isPending && (
            <p className="text-sm" role="status">
              {t('import.report', { rows: report.rows, created: report.created, updated: report.updated })}
              {report.failed > 0 && <span className="text-danger-text"> {t('import.failed', { count: report.failed })}</span>}
            </p>
          )}
          {report && report.failed > 0 && (
            <>
              {/* above the rows: it is what one can do about them, and they may be many */}
              <label className="flex items-center gap-2 text-sm">
                <Checkbox checked={skipErrors} onCheckedChange={(on) => setSkipErrors(on === true)} />
                {t('import.skip')}
              </label>
              <ImportErrors report={report} />
            </>
          )}
        </DialogBody>
        <DialogFooter>
          <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
          <Button variant="primary" busy={run.isPending || attempt.isPending} disabled={!report || good === 0 || (report.failed > 0 && !skipErrors)} onClick={load}>
            {good > 0 ? t('import.run', { count: good }) : t('import.open')}
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function FileDrop({ name, onFile }: { name: string | undefined; onFile: (file: File) => void }) {
  const { t } = useTranslation('data')
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const take = (files: FileList | null) => {
    const file = files?.[0]
    if (file) onFile(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files)
  }
  return (
    <>
      <button
        type="button"
        className={cn('flex flex-col items-center gap-1 rounded-lg border border-dashed border-line-strong px-4 py-3 text-sm sm:py-6 text-muted hover:bg-hover', over && 'border-accent bg-accent-soft')}
        onClick={() => input.current?.click()}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <FileUp className="size-5 text-faint" aria-hidden />
        <span className={name ? 'font-medium text-text' : undefined}>{name ?? t('import.choose')}</span>
      </button>
      <input ref={input} hidden type="file" accept=".csv,.json,text/csv,application/json" aria-label={t('import.file')} onChange={(event) => { take(event.target.files); event.target.value = '' }} />
    </>
  )
}
