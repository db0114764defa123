import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/simple'
import { NotFoundState, WayBack } from '@/components/ui/states'
import { useProjectSlug } from '@/lib/project'
import { useModels } from '../api'
import { BuilderForm } from './builder-form'

export function NewModelPage() {
  const { t } = useTranslation('data')
  return (
    <Frame title={t('models.new')} back="">
      <BuilderForm model={undefined} />
    </Frame>
  )
}

export function EditModelPage() {
  const { t } = useTranslation('data')
  const slug = useParams().model ?? ''
  const project = useProjectSlug()
  const models = useModels()
  const { data } = models
  const model = data?.items.find((each) => each.slug === slug || each.id === slug)
  return (
    <Frame title={model?.name ?? t('builder.edit')} back={model ? `/${model.slug}` : ''} asked={models}>
      {!data ? (
        <div className="flex flex-col gap-3" aria-busy="true">
          <Skeleton className="h-16" />
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      ) : model ? (
        <BuilderForm key={model.id} model={model} />
      ) : (
        <NotFoundState action={<WayBack to={`/projects/${project}/data`}>{t('models.title')}</WayBack>} />
      )}
    </Frame>
  )
}

interface FrameProps {
  title: string
  back: string
  asked?: ReturnType<typeof useModels>
  children: ReactNode
}

function Frame({ title, back, asked, children }: FrameProps) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  return (
    <Page
      title={title}
      asked={asked}
      back={<WayBack to={`/projects/${project}/data`}>{t('models.title')}</WayBack>}
      actions={
        <Button asChild variant="ghost">
          <Link to={`/projects/${project}/data${back}`}><ArrowLeft aria-hidden />{back === '' ? t('models.title') : t('builder.records')}</Link>
        </Button>
      }
    >
      {children}
    </Page>
  )
}
