import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, InputField, showServerErrors, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { toast } from '@/lib/toast'
import { useUser } from '@/lib/use-user'
import { useRename } from './api'

const LONGEST = 100

export function NameForm() {
  const { t } = useTranslation(['profile', 'common'])
  const user = useUser()
  const rename = useRename()
  const schema = z.object({ name: z.string().trim().max(LONGEST, t('you.nameLong')) })
  const form = useForm<z.infer<typeof schema>>({ resolver: zodResolver(schema), values: { name: user.name } })
  const submit = useSubmit(form.handleSubmit(({ name }) =>
    answerOf(rename, name).then(() => void toast.success(t('you.saved')), (error: unknown) => showServerErrors(form, error)),
  ))
  return (
    <form noValidate className="flex flex-col gap-4" onSubmit={submit}>
      <InputField control={form.control} name="name" label={t('you.name')} autoComplete="name" />
      <div className="flex flex-col gap-1.5">
        <span className="text-sm font-medium">{t('you.email')}</span>
        <span className="text-sm text-muted">{user.email}</span>
      </div>
      <div><Button type="submit" variant="primary" busy={rename.isPending} disabled={!form.formState.isDirty}>{t('common:save')}</Button></div>
    </form>
  )
}
