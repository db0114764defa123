import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, Field, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Combobox } from '@/components/ui/combobox'
import { Input } from '@/components/ui/input'
import { useAllProjects } from '@/lib/all-projects'
import { formatNumber } from '@/lib/format'
import { errorText, toast } from '@/lib/toast'
import { type Goal, useIncrement } from './api'

const WHOLE = /^[+-]?\d{1,15}$/

/** Adds by hand; a global goal must know for which project, unless one is open. */
export function IncrementForm({ goal, project }: { goal: Goal; project: string | undefined }) {
  const { t } = useTranslation('goals')
  const [text, setText] = useState('1')
  const [wrong, setWrong] = useState<string>()
  const chooses = project === undefined && goal.project_ref === null
  const [chosen, setChosen] = useState(goal.allowed_projects.length === 1 ? (goal.allowed_projects[0] ?? null) : null)
  const { nameOf } = useAllProjects()
  const add = useIncrement(goal.id, project)
  const submit = useSubmit(async () => {
    if (!WHOLE.test(text.trim())) return setWrong(t('increment.whole'))
    if (chooses && chosen === null) return setWrong(t('increment.which'))
    setWrong(undefined)
    await answerOf(add, { value: Number(text), project_id: chooses ? chosen : (project ?? null) }).then(
      ({ value }) => toast.success(t('increment.done', { name: goal.name, value: formatNumber(value) })),
      (error) => setWrong(errorText(error)),
    )
  })
  if (chooses && goal.allowed_projects.length === 0) return <p className="text-sm text-muted">{t('increment.nobody')}</p>
  return (
    <form noValidate className="flex flex-col gap-3" onSubmit={submit}>
      {chooses && (
        <Field label={t('increment.project')}>
          {(tied) => (
            <Combobox {...tied} value={chosen} onChange={setChosen} placeholder={t('increment.choose')} options={goal.allowed_projects.map((id) => ({ value: id, label: nameOf(id) ?? id }))} />
          )}
        </Field>
      )}
      <Field label={t('increment.value')} hint={t('increment.hint')} error={wrong}>
        {(tied) => (
          <div className="flex gap-2">
            <Input {...tied} autoFocus inputMode="numeric" autoComplete="off" value={text} onChange={(event) => setText(event.target.value)} />
            <Button type="submit" variant="primary" busy={add.isPending}>{t('increment.add')}</Button>
          </div>
        )}
      </Field>
    </form>
  )
}
