import { zodResolver } from '@hookform/resolvers/zod'
import { type Control, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, Field, InputField, SelectField, showServerErrors, TextareaField, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Switch } from '@/components/ui/switch'
import { useSaveVariable, type Variable, type VariableType } from './api'
import { parse, TYPES, written } from './values'

const KEY = /^[A-Za-z_][A-Za-z0-9_]*$/

interface Typed {
  key: string
  type: VariableType
  value: string
}

interface VariableDialogProps {
  known: Variable | undefined
  onClose: () => void
}

export function VariableDialog({ known, onClose }: VariableDialogProps) {
  const { t } = useTranslation('environment')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={known ? t('dialog.change', { key: known.key }) : t('dialog.add')}>
        <VariableForm known={known} onDone={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function useSchema() {
  const { t } = useTranslation('environment')
  return z
    .object({ key: z.string().regex(KEY, t('dialog.keyWrong')), type: z.enum(TYPES), value: z.string() })
    .superRefine((typed, context) => {
      const parsed = parse(typed.type, typed.value)
      if ('wrong' in parsed) context.addIssue({ code: 'custom', path: ['value'], message: t(`dialog.wrong.${parsed.wrong}`) })
    })
}

function VariableForm({ known, onDone }: { known: Variable | undefined; onDone: () => void }) {
  const { t } = useTranslation(['environment', 'common'])
  const save = useSaveVariable(known?.key)
  const form = useForm<Typed>({
    resolver: zodResolver(useSchema()),
    defaultValues: known ? { key: known.key, type: known.type, value: written(known.type, known.value) } : { key: '', type: 'string', value: '' },
  })
  const type = useWatch({ control: form.control, name: 'type' })
  const submit = useSubmit(form.handleSubmit(async (typed) => {
    const parsed = parse(typed.type, typed.value)
    if ('wrong' in parsed) return
    await answerOf(save, { key: typed.key, type: typed.type, value: parsed.value }).then(onDone, (error) => showServerErrors(form, error, { key_taken: 'key' }))
  }))
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <InputField control={form.control} name="key" label={t('key')} autoComplete="off" spellCheck={false} autoFocus={!known} className="font-mono text-sm" />
        <SelectField control={form.control} name="type" label={t('type')} options={TYPES.map((each) => ({ value: each, label: t(`types.${each}`) }))} />
        <ValueField control={form.control} type={type} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={save.isPending}>{t('common:save')}</Button>
      </DialogFooter>
    </form>
  )
}

/** The control that fits the type. */
function ValueField({ control, type }: { control: Control<Typed>; type: VariableType }) {
  const { t } = useTranslation('environment')
  const shared = { control, name: 'value' as const, label: t('value'), spellCheck: false, className: 'font-mono text-sm' }
  if (type === 'boolean') return <BooleanField control={control} />
  if (type === 'text' || type === 'json') return <TextareaField {...shared} rows={8} />
  return <InputField {...shared} autoComplete="off" inputMode={type === 'string' ? undefined : type === 'integer' ? 'numeric' : 'decimal'} />
}

function BooleanField({ control }: { control: Control<Typed> }) {
  const { t } = useTranslation('environment')
  const { field } = useController({ control, name: 'value' })
  return (
    <Field label={t('value')}>
      {(tied) => <Switch {...tied} checked={field.value === 'true'} onCheckedChange={(on) => field.onChange(String(on))} />}
    </Field>
  )
}
