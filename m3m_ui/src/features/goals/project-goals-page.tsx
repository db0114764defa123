import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { useProject, useProjectSlug } from '@/lib/project'
import { useGoals } from './api'
import { AddButton, GoalDialogs } from './goal-dialogs'
import { GoalsSection } from './goals-section'
import { useGoalView } from './use-goal-view'

/** The project's own goals, and the global ones that it may add to. */
export function ProjectGoalsPage() {
  const { t } = useTranslation('goals')
  const slug = useProjectSlug()
  const id = useProject().data?.id
  const own = useGoals(slug)
  const shared = (useGoals(undefined).data?.items ?? []).filter((goal) => id !== undefined && goal.allowed_projects.includes(id))
  const view = useGoalView()
  const add = <AddButton onAdd={view.add} />
  const some = (own.data?.items.length ?? 0) > 0
  return (
    <Page titleHidden title={t('title')} description={t('project.hint')} actions={some && add} asked={own}>
      <GoalsSection goals={own} project={slug} view={view} mayChange empty={{ title: t('project.empty'), hint: t('project.emptyHint'), action: add }} />
      {shared.length > 0 && (
        <section aria-labelledby="shared-goals" className="mt-8">
          <h2 id="shared-goals" className="text-base font-semibold">{t('shared.title')}</h2>
          <p className="mb-3 text-sm text-muted">{t('shared.hint')}</p>
          <GoalsSection goals={{ data: { items: shared } }} project={slug} view={view} mayChange={false} />
        </section>
      )}
      <GoalDialogs goals={own.data?.items ?? []} shared={shared} project={slug} view={view} mayChange />
    </Page>
  )
}
