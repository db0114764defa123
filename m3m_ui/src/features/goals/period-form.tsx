import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Combobox } from '@/components/ui/combobox'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import { useAllProjects } from '@/lib/all-projects'
import { useOwnText } from '@/lib/use-own-text'
import type { Asked, Goal, Group } from './api'
import { daysBefore, daysOf, GROUPS, isDay, SPANS, today, type Wrong } from './period'

interface PeriodFormProps {
  goal: Goal
  asked: Asked
  wrong: Wrong | undefined
  fixedProject: boolean
  onAsk: (change: Partial<Asked>) => void
}

export function PeriodForm({ goal, asked, wrong, fixedProject, onAsk }: PeriodFormProps) {
  const { t } = useTranslation('goals')
  const daily = goal.type === 'daily_counter'
  const chooses = !fixedProject && goal.allowed_projects.length > 0
  if (!daily && !chooses) return null
  return (
    <div className="flex flex-col gap-3">
      {daily && <Spans asked={asked} onAsk={onAsk} />}
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {daily && (
          <>
            <DayField label={t('period.from')} value={asked.from} error={wrong && t(`period.${wrong}`)} onChange={(from) => onAsk({ from })} />
            <DayField label={t('period.to')} value={asked.to} onChange={(to) => onAsk({ from: asked.from, to })} />
            <Field label={t('period.group')}>
              {(tied) => (
                <Select {...tied} value={asked.group} onChange={(group) => onAsk({ group: group as Group })} options={GROUPS.map((value) => ({ value, label: t(`groups.${value}`) }))} />
              )}
            </Field>
          </>
        )}
        {chooses && <ProjectField goal={goal} asked={asked} onAsk={onAsk} />}
      </div>
    </div>
  )
}

function ProjectField({ goal, asked, onAsk }: Pick<PeriodFormProps, 'goal' | 'asked' | 'onAsk'>) {
  const { t } = useTranslation('goals')
  const { nameOf } = useAllProjects()
  const all = { value: 'all', label: t('period.allProjects') }
  const options = [all, ...goal.allowed_projects.map((id) => ({ value: id, label: nameOf(id) ?? id }))]
  return (
    <Field label={t('period.project')}>
      {(tied) => <Combobox {...tied} value={asked.project || 'all'} options={options} onChange={(id) => onAsk({ project: id === 'all' ? '' : id })} />}
    </Field>
  )
}

/** What is no day yet, while it is typed, is not asked for. */
function DayField({ label, value, error, onChange }: { label: string; value: string; error?: string; onChange: (day: string) => void }) {
  const { text, write, leave } = useOwnText(value, onChange, isDay)
  return (
    <Field label={label} error={error}>
      {(tied) => <Input {...tied} type="date" value={text} max="9999-12-31" onChange={(event) => write(event.target.value)} onBlur={leave} />}
    </Field>
  )
}

function Spans({ asked, onAsk }: Pick<PeriodFormProps, 'asked' | 'onAsk'>) {
  const { t } = useTranslation('goals')
  const now = today()
  const shown = asked.to === now ? daysOf(asked.from, asked.to) : 0
  return (
    <div role="group" aria-label={t('period.spans')} className="flex w-fit rounded-md border border-line-strong bg-surface p-px shadow-card">
      {SPANS.map((days) => (
        <button
          key={days} type="button" aria-pressed={shown === days} onClick={() => onAsk({ from: daysBefore(now, days), to: '' })}
          className="h-7 rounded-[4px] px-2.5 text-xs font-medium text-muted hover:text-text aria-pressed:bg-pressed aria-pressed:text-text"
        >
          {t('period.days', { count: days })}
        </button>
      ))}
    </div>
  )
}
