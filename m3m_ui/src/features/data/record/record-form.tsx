import { type KeyboardEvent, lazy, Suspense, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, showServerErrors, useSubmit } from '@/components/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { isApiError } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { toast, toastError } from '@/lib/toast'
import { useUser } from '@/lib/use-user'
import { draftKey } from '../lib/drafts'
import { formFields, type Model, type RecordData } from '../lib/types'
import { change, changedKeys, creation, type FormValues, newValues, valuesOf } from '../lib/values'
import { fetchRecord, useSaveRecord } from '../records-api'
import { RecordField } from './record-field'
import { RecordMenu } from './record-menu'
import { useDraftForm } from './use-draft-form'

const ConflictDialog = lazy(async () => ({ default: (await import('./conflict-dialog')).ConflictDialog }))

interface RecordFormProps {
  model: Model
  record: RecordData | undefined
  copied: RecordData | undefined
  onOpen: (record: string | undefined, copyOf?: string) => void
}

export function RecordForm({ model, record, copied, onOpen }: RecordFormProps) {
  const { t } = useTranslation(['data', 'common'])
  const project = useProjectSlug()
  const fields = useMemo(() => formFields(model), [model])
  const [base, setBase] = useState(record)
  const [theirs, setTheirs] = useState<RecordData>()
  // what was written of a new record is kept over what that began with, also when it is there already
  const source = record ? base : copied
  const before = useMemo(() => (source ? valuesOf(fields, source) : newValues(fields)), [source, fields])
  const key = draftKey(useUser().id, project, model.slug, record?.id ?? (copied ? `copy-of-${copied.id}` : 'new'))
  const { form, restored, forget, claim, refused } = useDraftForm(key, fields, before, base?.revision)
  const save = useSaveRecord(model.slug)
  /** Until one is answered, any of them may have been saved. */
  const [sent, setSent] = useState<readonly FormValues[]>([])

  /** The record is not what this began with: somebody else has saved it, or we have, and the answer was lost. */
  const stale = async (values: FormValues, against: RecordData) => {
    const newest = await fetchRecord(project, model.slug, against.id)
    const now = valuesOf(fields, newest)
    if (![...sent, values].some((each) => changedKeys(fields, each, now).length === 0)) return setTheirs(newest)
    setBase(newest)
    return send(values, newest)
  }
  /** It was made, and the answer was lost. Who opened it since may have changed it. */
  const made = async (values: FormValues) => {
    const newest = await fetchRecord(project, model.slug, claim())
    setBase(newest)
    return newest.revision === 1 ? send(values, newest) : setTheirs(newest)
  }
  const send = (values: FormValues, against: RecordData | undefined): Promise<void> => {
    const all = copied ? { ...valuesOf(model.fields, copied), ...values } : values
    setSent((before) => [...before, values])
    const body = against ? { ...change(fields, values, valuesOf(fields, against)), revision: against.revision } : { id: claim(), ...creation(copied ? model.fields : fields, all) }
    return answerOf(save, { record: against?.id, body }).then(
      () => {
        forget()
        toast.success(against ? t('record.saved') : t('record.created'))
        onOpen(undefined)
      },
      async (error: unknown) => {
        if (against && isApiError(error, 409) && error.code === 'stale_revision') await stale(values, against).catch(toastError)
        else if (!against && isApiError(error, 422) && error.fields.id?.code === 'duplicate') await made(values).catch(toastError)
        else {
          if (!against && isApiError(error) && error.status < 500) refused()
          showServerErrors(form, error)
        }
      },
    )
  }
  const submit = useSubmit(form.handleSubmit((values) => send(values, base)))
  const press = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || (event.key !== 's' && event.key !== 'Enter')) return
    event.preventDefault()
    if (!event.repeat && !theirs) submit()
  }
  const resolve = (values: FormValues) => {
    if (!theirs) return
    for (const [key, value] of Object.entries(values)) form.setValue(key, value)
    setBase(theirs)
    setTheirs(undefined)
    void send(values, theirs)
  }
  return (
    <form noValidate className="flex min-h-full flex-col" onSubmit={submit} onKeyDown={press}>
      {base && <RecordMenu model={model} record={base} onOpen={onOpen} onDeleted={forget} />}
      <div className="flex flex-1 flex-col gap-5 p-5">
        {restored && (
          <Alert tone="info" actions={<Button size="sm" onClick={() => { forget(); form.reset(before) }}>{t('record.discard')}</Button>}>
            {base && restored.revision !== base.revision ? t('record.restoredOld') : t('record.restored')}
          </Alert>
        )}
        {fields.map((field) => <RecordField key={field.key} control={form.control} model={model} field={field} />)}
        {fields.length === 0 && <p className="text-sm text-muted">{t('record.noFields')}</p>}
      </div>
      <footer className="sticky bottom-0 z-10 flex justify-end gap-2 border-t border-line bg-raised px-5 py-3">
        <Button onClick={() => onOpen(undefined)}>{t('common:cancel')}</Button>
        <Button type="submit" variant="primary" busy={save.isPending} title="Ctrl+S">{base ? t('common:save') : t('common:create')}</Button>
      </footer>
      <Suspense fallback={null}>
        {theirs && base && <ConflictDialog fields={fields} base={valuesOf(fields, base)} mine={form.getValues()} theirs={valuesOf(fields, theirs)} onClose={() => setTheirs(undefined)} onResolve={resolve} />}
      </Suspense>
    </form>
  )
}
