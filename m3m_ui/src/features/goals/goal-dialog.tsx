import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, ColorField, InputField, ProjectsField, SelectField, showServerErrors, TextareaField, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { COLORS } from '@/lib/colors'
import { SLUG, slugOf } from '@/lib/slug'
import { type Goal, useSaveGoal } from './api'

const TYPES = ['daily_counter', 'counter'] as const

interface GoalDialogProps {
  known: Goal | undefined
  project: string | undefined
  onClose: () => void
}

export function GoalDialog({ known, project, onClose }: GoalDialogProps) {
  const { t } = useTranslation('goals')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={known ? t('dialog.change', { name: known.name }) : t('add')}>
        <GoalForm known={known} project={project} onDone={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function useSchema() {
  const { t } = useTranslation('goals')
  return z.object({
    name: z.string().trim().min(1, t('dialog.nameNeeded')).max(100, t('dialog.nameLong')),
    slug: z.string().regex(SLUG, t('dialog.slugWrong')),
    color: z.enum(COLORS).nullable(),
    type: z.enum(TYPES),
    description: z.string().max(2000, t('dialog.descriptionLong')),
    allowed_projects: z.array(z.string()),
  })
}

type Typed = z.infer<ReturnType<typeof useSchema>>

function valuesOf(known: Goal | undefined, project: string | undefined): Typed {
  if (!known) return { name: '', slug: '', color: null, type: 'daily_counter', description: '', allowed_projects: [] }
  const slug = project === undefined ? known.slug : known.slug.replace(`${project}-`, '')
  return { ...known, slug, color: COLORS.find((color) => color === known.color) ?? null }
}

function GoalForm({ known, project, onDone }: { known: Goal | undefined; project: string | undefined; onDone: () => void }) {
  const { t } = useTranslation(['goals', 'common'])
  const save = useSaveGoal(project, known)
  const form = useForm<Typed>({ resolver: zodResolver(useSchema()), defaultValues: valuesOf(known, project) })
  const follow = (name: string) => {
    if (!known && !form.getFieldState('slug').isDirty) form.setValue('slug', slugOf(name), { shouldValidate: form.formState.isSubmitted })
  }
  const submit = useSubmit(form.handleSubmit(({ name, slug, color, type, description, allowed_projects }) =>
    answerOf(save, { name, slug, color, type, description, allowed_projects }).then(onDone, (error) => showServerErrors(form, error, { slug_taken: 'slug' })),
  ))
  const { control } = form
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <InputField control={control} name="name" label={t('dialog.name')} autoComplete="off" autoFocus onChange={(event) => follow(event.target.value)} />
        <InputField control={control} name="slug" label={t('dialog.slug')} hint={t('dialog.slugHint')} autoComplete="off" spellCheck={false} className="font-mono text-sm" />
        <SelectField
          control={control} name="type" label={t('dialog.type')} hint={t(known ? 'dialog.typeFixed' : 'dialog.typeHint')}
          options={TYPES.map((value) => ({ value, label: t(`types.${value}`), disabled: known !== undefined && known.type !== value }))}
        />
        <ColorField control={control} name="color" label={t('dialog.color')} />
        <TextareaField control={control} name="description" label={t('dialog.description')} optional={t('common:optional')} rows={3} />
        {project === undefined && <ProjectsField control={control} name="allowed_projects" label={t('dialog.projects')} hint={t('dialog.projectsHint')} />}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={save.isPending}>{t(known ? 'common:save' : 'common:create')}</Button>
      </DialogFooter>
    </form>
  )
}
