import { Plus } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { useCommands } from '@/lib/commands'
import type { Goal } from './api'
import type { GoalView } from './use-goal-view'

const GoalDialog = lazy(async () => ({ default: (await import('./goal-dialog')).GoalDialog }))
const GoalSheet = lazy(async () => ({ default: (await import('./goal-sheet')).GoalSheet }))

export function AddButton({ onAdd }: { onAdd: () => void }) {
  const { t } = useTranslation('goals')
  return <Button variant="primary" onClick={onAdd}><Plus aria-hidden />{t('add')}</Button>
}

interface GoalDialogsProps {
  goals: readonly Goal[]
  shared?: readonly Goal[]
  project: string | undefined
  view: GoalView
  mayChange: boolean
}

/** What the address says is open: the figures of a goal, and the form of one or of a new one. */
export function GoalDialogs({ goals, shared = [], project, view, mayChange }: GoalDialogsProps) {
  const { t } = useTranslation('goals')
  const { add } = view
  useCommands(useMemo(() => (mayChange ? [{ id: 'goals:add', title: t('add'), group: t('title'), icon: Plus, run: add }] : []), [mayChange, add, t]))
  const opened = [...goals, ...shared].find((goal) => goal.id === view.opened)
  const edited = goals.find((goal) => goal.id === view.edited)
  return (
    <Suspense fallback={null}>
      {opened && <GoalSheet goal={opened} project={project} view={view} />}
      {mayChange && (edited || view.isNew) && <GoalDialog key={view.edited} known={edited} project={project} onClose={() => view.edit('')} />}
    </Suspense>
  )
}
