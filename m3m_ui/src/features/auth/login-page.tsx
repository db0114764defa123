import { useTranslation } from 'react-i18next'
import { Navigate, useSearchParams } from 'react-router'
import { session } from '@/lib/session'
import { useStore } from '@/lib/store'
import { useTitle } from '@/lib/use-title'
import { Frame } from './frame'
import { LoginForm } from './login-form'

export function LoginPage() {
  const { t } = useTranslation('auth')
  const [params] = useSearchParams()
  useTitle(t('login.title'))
  const now = useStore(session)
  if (now.state === 'user') return <Navigate to={ownPath(params.get('to'))} replace />
  if (now.state === 'unknown') return null
  return (
    <Frame title={t('login.title')} hint={t('login.hint')}>
      <LoginForm />
    </Frame>
  )
}

/** Only an address of this page: a link to the login must not lead elsewhere. */
function ownPath(to: string | null): string {
  return to !== null && /^\/(?![/\\])/.test(to) ? to : '/projects'
}
