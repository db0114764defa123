import { type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Page } from '@/components/page'
import { Skeleton } from '@/components/ui/simple'
import { NotFoundState, WayBack } from '@/components/ui/states'
import { useProjectSlug } from '@/lib/project'
import { useModels } from '../api'
import type { Model } from '../lib/types'
import { ModelList } from './model-list'

/** A page of the model in the address, with the others beside it. */
export function ModelFrame({ children }: { children: (model: Model, models: readonly Model[]) => ReactNode }) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const slug = useParams().model
  const models = useModels()
  const { data } = models
  const model = data?.items.find((each) => each.slug === slug || each.id === slug)
  return (
    <Page wide titleHidden title={model ? `${model.name} · ${t('title')}` : t('title')} asked={models}>
      <div className="flex min-h-0 flex-1 gap-5">
        {data ? <ModelList models={data.items} /> : <div className="w-56 shrink-0 max-lg:hidden" />}
        {!data ? (
          <div className="flex flex-1 flex-col gap-3" aria-busy="true">
            <Skeleton className="h-8 w-48" />
            <Skeleton className="h-8 w-full" />
            <Skeleton className="flex-1" />
          </div>
        ) : model ? (
          children(model, data.items)
        ) : (
          <div className="flex-1">
            <NotFoundState action={<WayBack to={`/projects/${project}/data`}>{t('models.title')}</WayBack>} />
          </div>
        )}
      </div>
    </Page>
  )
}
