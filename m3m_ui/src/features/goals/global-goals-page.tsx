import { useTranslation } from 'react-i18next'
import { Page } from '@/components/page'
import { useUser } from '@/lib/use-user'
import { AddButton, GoalDialogs } from './goal-dialogs'
import { GoalsSection } from './goals-section'
import { useGoals } from './api'
import { useGoalView } from './use-goal-view'

/** Goals that several projects count for; root makes them, everybody sees them. */
export function GlobalGoalsPage() {
  const { t } = useTranslation('goals')
  const goals = useGoals(undefined)
  const view = useGoalView()
  const mayManage = useUser().is_root
  const add = mayManage ? <AddButton onAdd={view.add} /> : undefined
  const some = (goals.data?.items.length ?? 0) > 0
  return (
    <Page title={t('title')} description={t('global.hint')} actions={some && add} asked={goals}>
      <GoalsSection
        goals={goals} project={undefined} view={view} mayChange={mayManage}
        empty={{ title: t('global.empty'), hint: t(mayManage ? 'global.emptyHint' : 'global.emptyAsk'), action: add }}
      />
      <GoalDialogs goals={goals.data?.items ?? []} project={undefined} view={view} mayChange={mayManage} />
    </Page>
  )
}
