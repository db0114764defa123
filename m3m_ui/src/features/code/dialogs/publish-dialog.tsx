import { zodResolver } from '@hookform/resolvers/zod'
import { type Control, useController, useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { answerOf, Field, SelectField, showServerErrors, TextareaField, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { RadioGroup } from '@/components/ui/radio-group'
import { Skeleton } from '@/components/ui/simple'
import { useProjectSlug } from '@/lib/project'
import { useTagName } from '@/lib/tags'
import { toast } from '@/lib/toast'
import { usePublish, useReleases } from '../api'

const TAGS = ['stable', 'hot-fix', 'night-build', 'develop'] as const
const LONGEST = 2000

interface PublishDialogProps {
  branch: string
  isDirty: boolean
  /** Whether all that is written is on the server. */
  save: () => Promise<boolean>
  onClose: () => void
}

export function PublishDialog(props: PublishDialogProps) {
  const { t } = useTranslation('code')
  return (
    <Dialog open onOpenChange={props.onClose}>
      <DialogContent title={t('publish.title', { branch: props.branch })} description={t('publish.hint')}>
        <PublishForm {...props} />
      </DialogContent>
    </Dialog>
  )
}

const SCHEMA = z.object({ bump: z.enum(['minor', 'major']), tag: z.enum(TAGS), comment: z.string().max(LONGEST) })
type Values = z.infer<typeof SCHEMA>

function PublishForm({ branch, isDirty, save, onClose }: PublishDialogProps) {
  const { t } = useTranslation(['code', 'common'])
  const navigate = useNavigate()
  const project = useProjectSlug()
  const { data: releases } = useReleases()
  const newest = releases?.items[0]?.version
  const next = releases?.next_versions
  const publish = usePublish()
  const tagName = useTagName()
  const form = useForm<Values>({ resolver: zodResolver(SCHEMA), defaultValues: { bump: 'minor', tag: 'stable', comment: '' } })
  const bump = useWatch({ control: form.control, name: 'bump' })
  const submit = useSubmit(form.handleSubmit(async (values) => {
    if (!(await save())) return
    await answerOf(publish, { branch, ...values }).then(
      ({ version }) => {
        onClose()
        toast.success(t('publish.done', { version }), {
          action: { label: t('publish.look'), onClick: () => void navigate(`/projects/${project}/code/releases/${version}`) },
        })
      },
      (error: unknown) => showServerErrors(form, error),
    )
  }))
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <div className="flex items-center justify-between gap-4 rounded-lg border border-line bg-subtle px-4 py-3">
          {next ? (
            <>
              <span className="text-sm text-muted">{newest === undefined ? t('publish.first') : t('publish.after', { version: newest })}</span>
              <output className="text-xl font-semibold tabular" aria-label={t('publish.next')}>{next[bump]}</output>
            </>
          ) : (
            <Skeleton className="h-7 w-full" />
          )}
        </div>
        <BumpField control={form.control} next={next} />
        <SelectField control={form.control} name="tag" label={t('publish.tag')} hint={t('publish.tagHint')} options={TAGS.map((tag) => ({ value: tag, label: tagName(tag) }))} />
        <TextareaField control={form.control} name="comment" label={t('publish.comment')} optional={t('common:optional')} rows={3} maxLength={LONGEST} placeholder={t('publish.commentHint')} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={publish.isPending || form.formState.isSubmitting}>{isDirty ? t('publish.saveAndPublish') : t('publish.action')}</Button>
      </DialogFooter>
    </form>
  )
}

function BumpField({ control, next }: { control: Control<Values>; next: Record<Values['bump'], string> | undefined }) {
  const { t } = useTranslation('code')
  const { field } = useController({ control, name: 'bump' })
  const options = (['minor', 'major'] as const).map((bump) => ({
    value: bump,
    label: next ? `${t(`publish.${bump}`)} · ${next[bump]}` : t(`publish.${bump}`),
    hint: t(`publish.${bump}Hint`),
  }))
  return <Field label={t('publish.bump')}>{(tied) => <RadioGroup {...tied} options={options} value={field.value} onChange={field.onChange} />}</Field>
}
