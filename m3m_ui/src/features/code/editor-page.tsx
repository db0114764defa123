import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState, NotFoundState } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { useProject, useStatus } from '@/lib/project'
import { useTitle } from '@/lib/use-title'
import { useBranch } from './api'
import { useView } from './use-view'
import { Workbench } from './workbench'

const DEVELOP = 'develop'

/** The branch in the address. Without one it is the branch that runs, else `develop`, and stays that one: what others start later does not change it. */
export function EditorPage() {
  const { t } = useTranslation('code')
  useTitle(t('title'))
  const project = useProject().data
  const status = useStatus()
  const [{ branch: given }, show] = useView()
  const running = status.data?.source?.kind === 'branch' ? status.data.source.name : DEVELOP
  // what was known at an earlier visit may run no more
  const isOld = status.isPending || (status.isStale && status.isFetching)
  const known = given !== '' ? given : isOld ? undefined : running
  const branch = useBranch(known)
  useEffect(() => {
    if (given === '' && known !== undefined) show({ branch: known }, { replace: true })
  }, [given, known, show])
  return (
    <div className="flex min-h-[30rem] flex-1 flex-col">
      <h1 className="sr-only">{t('title')}</h1>
      {branch.data && project ? (
        <Workbench key={`${project.id}/${branch.data.name}/${branch.data.created_at}`} project={project.id} branch={branch.data} />
      ) : branch.isError ? (
        isApiError(branch.error, 404) && known !== DEVELOP ? (
          <NotFoundState action={<Button onClick={() => show({ branch: DEVELOP })}>{t('branch.openDevelop')}</Button>} />
        ) : (
          <ErrorState error={branch.error} onRetry={() => void branch.refetch()} />
        )
      ) : (
        <Loading />
      )}
    </div>
  )
}

const LINES = ['w-1/3', 'w-1/4', 'w-0', 'w-2/5', 'w-1/2', 'w-1/6']

function Loading() {
  return (
    <div className="flex flex-1 flex-col" aria-busy>
      <div className="flex h-12 items-center gap-2 border-b border-line px-4 sm:px-6">
        <Skeleton className="h-8 w-36" />
        <Skeleton className="ml-auto h-8 w-28" />
      </div>
      <div className="flex flex-1">
        <div className="flex w-48 flex-col gap-2 border-r border-line p-3 max-md:hidden">
          <Skeleton className="h-6" />
          <Skeleton className="h-6 w-2/3" />
        </div>
        <EditorLoading />
      </div>
    </div>
  )
}

export function EditorLoading() {
  return (
    <div className="flex flex-1 flex-col gap-3 bg-surface p-5">
      {LINES.map((width) => <Skeleton key={width} className={`h-3.5 ${width}`} />)}
    </div>
  )
}
