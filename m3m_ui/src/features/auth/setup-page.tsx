import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { z } from 'zod'
import { CodedText } from '@/components/coded-text'
import { answerOf, InputField, showServerErrors, useSubmit } from '@/components/form'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { isApiError } from '@/lib/api'
import { useTitle } from '@/lib/use-title'
import { useSetup } from './api'
import { Frame } from './frame'

const SHORTEST = 8

/** The page behind the one-time link of the first start. */
export function SetupPage() {
  const { t } = useTranslation(['auth', 'common'])
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const setup = useSetup()
  useTitle(t('setup.title'))
  const schema = z.object({
    email: z.email(t('setup.emailWrong')),
    name: z.string().trim().max(100),
    password: z.string().min(SHORTEST, t('setup.passwordShort', { count: SHORTEST })).max(256),
  })
  const form = useForm({ resolver: zodResolver(schema), defaultValues: { email: '', name: '', password: '' } })
  const submit = useSubmit(form.handleSubmit((values) =>
    answerOf(setup, { token: params.get('token') ?? '', ...values }).then(
      // the token leaves the address and the history with it
      () => navigate('/projects', { replace: true }),
      (error: unknown) => {
        if (!isApiError(error) || error.status === 422) showServerErrors(form, error)
      },
    ),
  ))
  const refused = isApiError(setup.error) && setup.error.status !== 422 ? setup.error.message : undefined
  return (
    <Frame title={t('setup.title')} hint={t('setup.hint')}>
      <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
        <InputField control={form.control} name="email" type="email" autoComplete="username" label={t('login.email')} autoFocus />
        <InputField control={form.control} name="name" autoComplete="name" label={t('setup.name')} optional={t('common:optional')} />
        <InputField
          control={form.control}
          name="password"
          type="password"
          autoComplete="new-password"
          label={t('login.password')}
          hint={t('setup.passwordHint', { count: SHORTEST })}
        />
        {refused && <Alert tone="danger" actions={<Button asChild size="sm"><Link to="/login">{t('login.title')}</Link></Button>}><CodedText text={refused} /></Alert>}
        <Button type="submit" variant="primary" size="lg" busy={setup.isPending}>{t('setup.submit')}</Button>
      </form>
    </Frame>
  )
}
