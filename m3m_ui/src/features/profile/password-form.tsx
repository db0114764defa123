import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, InputField, showServerErrors, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { toast } from '@/lib/toast'
import { useUser } from '@/lib/use-user'
import { useChangePassword } from './api'

const SHORTEST = 8
const NOTHING = { old_password: '', new_password: '', again: '' }

export function PasswordForm() {
  const { t } = useTranslation('profile')
  const user = useUser()
  const change = useChangePassword()
  const schema = z
    .object({
      old_password: z.string().min(1, t('password.oldNeeded')),
      new_password: z.string().min(SHORTEST, t('password.short', { count: SHORTEST })),
      again: z.string(),
    })
    .refine((typed) => typed.again === typed.new_password, { path: ['again'], message: t('password.differ') })
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), defaultValues: NOTHING })
  const submit = useSubmit(form.handleSubmit(({ old_password, new_password }) =>
    answerOf(change, { old_password, new_password }).then(
      () => {
        form.reset(NOTHING)
        toast.success(t('password.done'))
      },
      (error: unknown) => showServerErrors(form, error, { wrong_password: 'old_password' }),
    ),
  ))
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <input type="text" hidden readOnly autoComplete="username" value={user.email} />
      <InputField control={form.control} name="old_password" type="password" label={t('password.old')} autoComplete="current-password" />
      <InputField control={form.control} name="new_password" type="password" label={t('password.new')} autoComplete="new-password" />
      <InputField control={form.control} name="again" type="password" label={t('password.again')} autoComplete="new-password" />
      <div><Button type="submit" variant="primary" busy={change.isPending}>{t('password.change')}</Button></div>
    </form>
  )
}
