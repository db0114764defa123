import { useTranslation } from 'react-i18next'
import { NotFoundState, WayBack } from '@/components/ui/states'
import { useTitle } from '@/lib/use-title'

export function NotFoundPage() {
  const { t } = useTranslation()
  useTitle(t('states.notFound'))
  return <NotFoundState action={<WayBack to="/projects">{t('nav.allProjects')}</WayBack>} />
}
