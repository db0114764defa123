import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { answerOf, ColorField, InputField, showServerErrors, SwitchField, useSubmit } from '@/components/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { COLORS } from '@/lib/colors'
import type { Project } from '@/lib/project'
import { SLUG } from '@/lib/slug'
import { toast } from '@/lib/toast'
import { useUpdate } from './api'

const MOST_INSTANCES = 16

export function GeneralForm({ project }: { project: Project }) {
  const { t } = useTranslation(['settings', 'common'])
  const navigate = useNavigate()
  const update = useUpdate()
  const schema = z.object({
    name: z.string().trim().min(1, t('general.nameNeeded')).max(100, t('general.nameLong')),
    slug: z.string().regex(SLUG, t('general.slugWrong')),
    color: z.enum(COLORS).nullable(),
    auto_start: z.boolean(),
    instances: z.coerce.number<string | number>().int(t('general.instancesWrong')).min(1, t('general.instancesWrong')).max(MOST_INSTANCES, t('general.instancesWrong')),
  })
  const { name, slug, auto_start, instances } = project
  const color = COLORS.find((each) => each === project.color) ?? null
  const form = useForm<z.input<typeof schema>, unknown, z.output<typeof schema>>({
    resolver: zodResolver(schema),
    values: { name, slug, color, auto_start, instances },
    // what others change meanwhile does not overwrite what is being written
    resetOptions: { keepDirtyValues: true },
  })
  const now = useWatch({ control: form.control, name: 'slug' })
  const submit = useSubmit(form.handleSubmit((values) =>
    answerOf(update, values).then(
      (changed) => {
        toast.success(t('general.saved'))
        form.reset(values)
        if (changed.slug !== slug) void navigate(`/projects/${changed.slug}/settings`, { replace: true })
      },
      (error: unknown) => showServerErrors(form, error, { slug_taken: 'slug' }),
    ),
  ))
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <InputField control={form.control} name="name" label={t('general.name')} autoComplete="off" />
      <InputField control={form.control} name="slug" label={t('general.slug')} hint={t('general.slugHint', { slug: now || '…' })} autoComplete="off" spellCheck={false} className="font-mono text-sm" />
      {now !== slug && <Alert tone="warning" title={t('general.slugWarning')}>{t('general.slugWarningHint', { slug })}</Alert>}
      <ColorField control={form.control} name="color" label={t('general.color')} />
      <SwitchField control={form.control} name="auto_start" label={t('general.autoStart')} hint={t('general.autoStartHint')} />
      <InputField control={form.control} name="instances" type="number" min={1} max={MOST_INSTANCES} label={t('general.instances')} hint={t('general.instancesHint')} className="max-w-28" />
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={update.isPending} disabled={!form.formState.isDirty}>{t('common:save')}</Button>
        {form.formState.isDirty && <Button variant="ghost" onClick={() => form.reset()}>{t('general.undo')}</Button>}
      </div>
    </form>
  )
}
