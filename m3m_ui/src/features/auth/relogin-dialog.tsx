import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent } from '@/components/ui/dialog'
import { signedOut } from '@/lib/session'
import { LoginForm } from './login-form'

/** The session has ended under an open page: what is on it stays, and goes on after the password. */
export function ReloginDialog({ email }: { email: string }) {
  const { t } = useTranslation('auth')
  return (
    <Dialog open>
      <DialogContent unclosable className="max-w-sm" title={t('relogin.title')} description={t('relogin.hint')}>
        <DialogBody className="pt-2 pb-4">
          <LoginForm email={email} />
          <Button variant="link" className="mt-3 w-full" onClick={signedOut}>{t('relogin.leave')}</Button>
        </DialogBody>
      </DialogContent>
    </Dialog>
  )
}
