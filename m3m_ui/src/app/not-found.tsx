import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '@/components/ui/button'
import { NotFoundState } from '@/components/ui/states'
import { useTitle } from '@/lib/use-title'

export function NotFoundPage() {
  const { t } = useTranslation()
  useTitle(t('states.notFound'))
  return <NotFoundState action={<Button asChild><Link to="/projects">{t('nav.projects')}</Link></Button>} />
}
