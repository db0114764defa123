import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { Section, SectionPlace } from '@/components/section'
import { useProject } from '@/lib/project'
import { useUser } from '@/lib/use-user'
import { ApiKey } from './api-key'
import { DangerZone } from './danger-zone'
import { GeneralForm } from './general-form'
import { Members } from './members'

/** The controls of each section. */
const PLACES = [5, 2, 1]

export function SettingsPage() {
  const { t } = useTranslation('settings')
  const { data: project } = useProject()
  const user = useUser()
  // the server decides; this is for what is shown
  const isOwner = project !== undefined && (user.is_root || user.id === project.owner_id)
  return (
    <Page titleHidden title={t('title')}>
      <div className="flex max-w-4xl flex-col gap-4">
        {!project && PLACES.map((controls) => <SectionPlace key={controls} controls={controls} />)}
        {project && (
          <>
            <Section title={t('general.title')} hint={t('general.hint')}><GeneralForm key={project.id} project={project} /></Section>
            <Section title={t('members.title')} hint={t('members.hint')}><Members mayChange={isOwner} /></Section>
            <Section title={t('key.title')} hint={t('key.hint')}>{project.api_key === null ? <p className="text-sm text-muted">{t('key.membersOnly')}</p> : <ApiKey apiKey={project.api_key} />}</Section>
            <Section danger title={t('danger.title')}><DangerZone project={project} mayDelete={isOwner} /></Section>
          </>
        )}
      </div>
    </Page>
  )
}
