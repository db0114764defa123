import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
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

function Section({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-1 gap-4 rounded-lg border border-line bg-surface p-5 shadow-card sm:grid-cols-[12rem_minmax(0,1fr)]">
      <div>
        <h2 className="text-sm font-semibold">{title}</h2>
        {hint && <p className="mt-1 text-xs text-muted">{hint}</p>}
      </div>
      <div className="flex min-w-0 flex-col gap-4">{children}</div>
    </section>
  )
}
