import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Section } from '@/components/section'
import { Button } from '@/components/ui/button'
import { logout } from '@/lib/logout'
import { Appearance } from './appearance'
import { NameForm } from './name-form'
import { PasswordForm } from './password-form'
import { Picture } from './picture'

export function ProfilePage() {
  const { t } = useTranslation('profile')
  return (
    <Page title={t('title')}>
      <div className="flex max-w-3xl flex-col gap-4">
        <Section title={t('you.title')}>
          <Picture />
          <NameForm />
        </Section>
        <Section title={t('appearance.title')} hint={t('appearance.hint')}><Appearance /></Section>
        <Section title={t('password.title')} hint={t('password.hint')}><PasswordForm /></Section>
        <Section title={t('sessions.title')} hint={t('sessions.hint')}>
          <div><Button onClick={() => void logout(true)}>{t('sessions.end')}</Button></div>
        </Section>
      </div>
    </Page>
  )
}