import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form/field'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { errorText } from '@/lib/toast'
import { useLogin } from './api'

interface LoginFormProps {
  /** Given: only the password is asked for. */
  email?: string
}

/** By hand and not with the library for forms, which the first page can do without. */
export function LoginForm({ email: known }: LoginFormProps) {
  const { t } = useTranslation('auth')
  const login = useLogin()
  const password = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState<{ email?: string; password?: string }>({})
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const values = new FormData(event.currentTarget)
    const body = { email: String(values.get('email')).trim(), password: String(values.get('password')) }
    setMissing({
      ...(body.email ? {} : { email: t('login.emailNeeded') }),
      ...(body.password ? {} : { password: t('login.passwordNeeded') }),
    })
    if (body.email && body.password) login.mutate(body, { onError: () => password.current?.select() })
  }
  return (
    <form className="flex flex-col gap-4" noValidate onSubmit={submit}>
      <Field label={t('login.email')} error={missing.email}>
        {(tied) => <Input {...tied} name="email" type="email" autoComplete="username" defaultValue={known} readOnly={known !== undefined} autoFocus={known === undefined} />}
      </Field>
      <Field label={t('login.password')} error={missing.password}>
        {(tied) => <Input {...tied} ref={password} name="password" type="password" autoComplete="current-password" autoFocus={known !== undefined} />}
      </Field>
      {login.error && <Alert tone="danger">{errorText(login.error)}</Alert>}
      <Button type="submit" variant="primary" size="lg" busy={login.isPending}>{t('login.submit')}</Button>
    </form>
  )
}
