import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { useController, useForm, type Control } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Field as FormField, showServerErrors } from '@/components/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { isApiError } from '@/lib/api'
import { useProjectSlug } from '@/lib/project'
import { toast, toastError } from '@/lib/toast'
import { type Field, formFields, labelOf, type Model, type RecordData } from '../lib/types'
import { TypeIcon } from '../lib/type-icon'
import { change, changedKeys, creation, type FormValues, jsonProblem, newValues, valuesOf } from '../lib/values'
import { fetchRecord, useSaveRecord } from '../records-api'
import { ValueControl } from './controls/value-control'
import { draftKey, dropDraft, keepDraft, readDraft } from './drafts'
import { RecordMenu } from './record-menu'

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
  const before = useMemo(() => (base ? valuesOf(fields, base) : newValues(fields)), [base, fields])
  const { form, restored, forget } = useDraftForm(draftKey(project, model.slug, record?.id), fields, before, copied, base?.revision)
  const save = useSaveRecord(model.slug)

  const send = (values: FormValues, against: RecordData | undefined) => {
    const all = copied ? { ...valuesOf(model.fields, copied), ...values } : values
    const body = against ? { ...change(fields, values, valuesOf(fields, against)), revision: against.revision } : creation(copied ? model.fields : fields, all)
    save.mutate(
      { record: against?.id, body },
      {
        onSuccess: () => {
          forget()
          toast.success(against ? t('record.saved') : t('record.created'))
          onOpen(undefined)
        },
        onError: (error) => {
          if (against && isApiError(error, 409) && error.code === 'stale_revision') fetchRecord(project, model.slug, against.id).then(setTheirs, toastError)
          else showServerErrors(form, error)
        },
      },
    )
  }
  const submit = form.handleSubmit((values) => send(values, base))
  const resolve = (values: FormValues) => {
    if (!theirs) return
    for (const [key, value] of Object.entries(values)) form.setValue(key, value)
    setBase(theirs)
    setTheirs(undefined)
    send(values, theirs)
  }
  return (
    <form
      noValidate
      className="flex min-h-full flex-col"
      onSubmit={(event) => { event.stopPropagation(); void submit(event) }}
      onKeyDown={(event) => {
        if ((event.ctrlKey || event.metaKey) && (event.key === 's' || event.key === 'Enter')) {
          event.preventDefault()
          void submit()
        }
      }}
    >
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

/** A form whose unsaved values outlive it, until the tab is closed. */
function useDraftForm(key: string, fields: readonly Field[], before: FormValues, copied: RecordData | undefined, revision: number | undefined) {
  const [draft, setDraft] = useState(() => (copied ? undefined : readDraft(key)))
  const form = useForm<FormValues>({ defaultValues: { ...before, ...(copied ? valuesOf(fields, copied) : undefined), ...draft?.values } })
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          if (changedKeys(fields, values, before).length > 0) keepDraft(key, { values: pick(values, changedKeys(fields, values, before)), revision })
          else dropDraft(key)
        },
      }),
    [before, fields, form, key, revision],
  )
  const forget = () => {
    dropDraft(key)
    setDraft(undefined)
  }
  return { form, restored: draft, forget }
}

function pick(values: FormValues, keys: readonly string[]): FormValues {
  return Object.fromEntries(keys.map((key) => [key, values[key]]))
}

const FOCUSED = 'input:not([hidden]), textarea, [contenteditable=true], button[role=combobox], button'

interface RecordFieldProps {
  control: Control<FormValues>
  model: Model
  field: Field
}

function RecordField({ control, model, field }: RecordFieldProps) {
  const { t } = useTranslation('data')
  const { field: { ref, value, onChange }, fieldState } = useController({
    control,
    name: field.key,
    rules: { validate: (written) => (field.type === 'document' && typeof written === 'string' ? jsonProblem(written) : undefined) },
  })
  const label = (
    <span className="inline-flex items-center gap-1.5">
      <TypeIcon type={field.type} className="size-3.5 text-faint" />
      {labelOf(field)}
      {field.required && <span className="text-danger-text" title={t('field.required')}>*</span>}
    </span>
  )
  return (
    <div ref={(node) => ref(node && { focus: () => node.querySelector<HTMLElement>(FOCUSED)?.focus() })} data-field={field.key}>
      <FormField label={label} hint={field.help || undefined} optional={field.unique ? t('field.unique') : undefined} error={fieldState.error?.message}>
        {(tied) => <ValueControl model={model} field={field} value={value} onChange={onChange} tied={tied} />}
      </FormField>
    </div>
  )
}
