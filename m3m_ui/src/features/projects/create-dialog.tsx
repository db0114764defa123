import { zodResolver } from '@hookform/resolvers/zod'
import { useForm, useWatch } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { z } from 'zod'
import { answerOf, ColorField, InputField, showServerErrors, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { COLORS } from '@/lib/colors'
import { SLUG, slugOf } from '@/lib/slug'
import { useCreateProject } from './api'

export function CreateDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('projects')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('create.title')} description={t('create.hint')}>
        <CreateForm />
      </DialogContent>
    </Dialog>
  )
}

function CreateForm() {
  const { t } = useTranslation(['projects', 'common'])
  const navigate = useNavigate()
  const create = useCreateProject()
  const schema = z.object({
    name: z.string().trim().min(1, t('create.nameNeeded')).max(100, t('create.nameLong')),
    slug: z.string().regex(SLUG, t('create.slugWrong')),
    color: z.enum(COLORS).nullable(),
  })
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: { name: '', slug: '', color: null } })
  const slug = useWatch({ control: form.control, name: 'slug' })
  const follow = (name: string) => {
    // the slug is the name's until somebody writes another
    if (!form.getFieldState('slug').isDirty) form.setValue('slug', slugOf(name), { shouldValidate: form.formState.isSubmitted })
  }
  const submit = useSubmit(form.handleSubmit((values) =>
    answerOf(create, { ...values, auto_start: true, instances: 1 }).then(
      (project) => navigate(`/projects/${project.slug}`),
      (error: unknown) => showServerErrors(form, error, { slug_taken: 'slug' }),
    ),
  ))
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <InputField control={form.control} name="name" label={t('create.name')} autoComplete="off" autoFocus onChange={(event) => follow(event.target.value)} />
        <InputField control={form.control} name="slug" label={t('create.slug')} hint={t('create.slugHint', { slug: slug || '…' })} autoComplete="off" spellCheck={false} className="font-mono text-sm" />
        <ColorField control={form.control} name="color" label={t('create.color')} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={create.isPending}>{t('common:create')}</Button>
      </DialogFooter>
    </form>
  )
}
