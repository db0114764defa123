import { ArrowLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { Page } from '@/components/page'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState, NotFoundState } from '@/components/ui/states'
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
  const { data, error, refetch } = useModels()
  const model = data?.items.find((each) => each.slug === slug || each.id === slug)
  return (
    <Frame title={model?.name ?? t('builder.edit')} back={model ? `/${model.slug}` : ''}>
      {error && !data ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : !data ? (
        <div className="flex flex-col gap-3" aria-busy="true">
          <Skeleton className="h-16" />
          <Skeleton className="h-12" />
          <Skeleton className="h-12" />
        </div>
      ) : model ? (
        <BuilderForm key={model.id} model={model} />
      ) : (
        <NotFoundState />
      )}
    </Frame>
  )
}

function Frame({ title, back, children }: { title: string; back: string; children: ReactNode }) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  return (
    <Page
      title={title}
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
