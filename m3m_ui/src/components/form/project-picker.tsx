import { X } from 'lucide-react'
import { type Control, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { useAllProjects } from '@/lib/all-projects'
import { colorValue } from '@/lib/colors'
import type { Project } from '@/lib/project'
import { Combobox } from '../ui/combobox'
import { Field } from './field'

interface ProjectsFieldProps<T extends FieldValues> {
  control: Control<T>
  name: FieldPath<T>
  label: string
  hint?: string
}

/** Several projects, by their ids. */
export function ProjectsField<T extends FieldValues>({ control, name, label, hint }: ProjectsFieldProps<T>) {
  const { t } = useTranslation()
  const { field, fieldState } = useController({ control, name })
  const { projects } = useAllProjects()
  const chosen = field.value as string[]
  const options = (projects ?? []).filter(({ id }) => !chosen.includes(id)).map((each) => ({ value: each.id, label: each.name, hint: each.slug }))
  return (
    <Field label={label} hint={hint} error={fieldState.error?.message}>
      {(tied) => (
        <>
          <Combobox {...tied} value={null} loading={!projects} placeholder={t('projectPicker.add')} options={options} onChange={(id) => field.onChange([...chosen, id])} />
          {chosen.length > 0 && (
            <ul className="flex flex-wrap gap-1.5" aria-label={label}>
              {chosen.map((id) => <Chip key={id} id={id} project={projects?.find((each) => each.id === id)} onRemove={() => field.onChange(chosen.filter((each) => each !== id))} />)}
            </ul>
          )}
        </>
      )}
    </Field>
  )
}

function Chip({ id, project, onRemove }: { id: string; project: Project | undefined; onRemove: () => void }) {
  const { t } = useTranslation()
  const name = project?.name ?? id
  return (
    <li className="flex h-6 max-w-full items-center gap-1.5 rounded-md border border-line bg-subtle pl-2 text-xs">
      <span className="size-2 shrink-0 rounded-[2px]" style={{ background: colorValue(project?.color) }} aria-hidden />
      <span className="truncate">{name}</span>
      <button type="button" aria-label={t('projectPicker.remove', { name })} className="grid h-full w-6 place-items-center rounded-md text-faint hover:bg-hover hover:text-text" onClick={onRemove}>
        <X className="size-3" aria-hidden />
      </button>
    </li>
  )
}
