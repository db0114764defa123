import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, InputField, ProjectsField, showServerErrors, SwitchField, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import type { User } from '@/lib/session'
import { useUser } from '@/lib/use-user'
import { useCreateUser, useUpdateUser } from './api'
import { allowed, mayTurn, RIGHTS } from './rights'

const SHORTEST = 8

interface UserDialogProps {
  known: User | undefined
  onClose: () => void
}

export function UserDialog({ known, onClose }: UserDialogProps) {
  const { t } = useTranslation('users')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={known ? t('dialog.change', { name: known.name || known.email }) : t('add')} description={known ? undefined : t('dialog.hint')}>
        <UserForm known={known} onDone={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function useSchema(isNew: boolean) {
  const { t } = useTranslation('users')
  const short = t('dialog.passwordShort', { count: SHORTEST })
  return z.object({
    name: z.string().trim().max(100, t('dialog.nameLong')),
    email: z.email(t('dialog.emailWrong')),
    password: z.string().refine((text) => (text === '' && !isNew) || text.length >= SHORTEST, short),
    permissions: z.object({ create_projects: z.boolean(), manage_users: z.boolean(), project_access: z.array(z.string()) }),
  })
}

type Typed = z.infer<ReturnType<typeof useSchema>>

function valuesOf(known: User | undefined): Typed {
  const none = { create_projects: false, manage_users: false, project_access: [] }
  return { name: known?.name ?? '', email: known?.email ?? '', password: '', permissions: known?.permissions ?? none }
}

function UserForm({ known, onDone }: { known: User | undefined; onDone: () => void }) {
  const { t } = useTranslation(['users', 'common'])
  const me = useUser()
  const may = known ? allowed(me, known) : { password: true, permissions: true }
  const create = useCreateUser()
  const update = useUpdateUser(known?.id ?? '')
  const form = useForm<Typed>({ resolver: zodResolver(useSchema(!known)), defaultValues: valuesOf(known) })
  const { control } = form
  const submit = useSubmit(form.handleSubmit((typed) => {
    const { name, email, password, permissions } = typed
    const changes = { name, email, ...(password ? { password } : {}), ...(may.permissions ? { permissions } : {}) }
    const saved = known ? answerOf(update, changes) : answerOf(create, typed)
    return saved.then(onDone, (error) => showServerErrors(form, error, { email_taken: 'email' }))
  }))
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <InputField control={control} name="name" label={t('dialog.name')} autoComplete="off" autoFocus />
        <InputField control={control} name="email" type="email" label={t('dialog.email')} autoComplete="off" />
        {may.password && (
          <InputField
            control={control} name="password" type="password" label={t(known ? 'dialog.newPassword' : 'dialog.password')} autoComplete="new-password"
            optional={known && t('common:optional')} hint={t(known ? 'dialog.newPasswordHint' : 'dialog.passwordHint')}
          />
        )}
        {may.permissions && (
          <>
            {RIGHTS.map((right) => {
              const may = mayTurn(me, right, known?.permissions?.[right] === true)
              return <SwitchField key={right} control={control} name={`permissions.${right}`} disabled={!may} label={t(`rights.${right}`)} hint={t(may ? `rights.hints.${right}` : 'rights.lacking')} />
            })}
            <ProjectsField control={control} name="permissions.project_access" label={t('rights.projects')} hint={t('rights.projectsHint')} />
          </>
        )}
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={create.isPending || update.isPending}>{t(known ? 'common:save' : 'common:create')}</Button>
      </DialogFooter>
    </form>
  )
}
