import { type ReactNode, useId } from 'react'
import { cn } from '@/lib/cn'
import { Label } from '../ui/label'

export interface ControlProps {
  /** Its label has the id `${id}-label`, for what no `<label>` can name: an editor, a group. */
  id: string
  'aria-invalid'?: true
  'aria-describedby'?: string
}

interface FieldProps {
  label: ReactNode
  hint?: ReactNode
  error?: string
  optional?: string
  /** The control, with what ties it to its label and its error. */
  children: (control: ControlProps) => ReactNode
}

/** A label, a control, a hint, and in its place the error. */
export function Field({ label, hint, error, optional, children }: FieldProps) {
  const id = useId()
  const note = error ?? hint
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <div className="flex items-baseline justify-between gap-2">
        <Label id={`${id}-label`} htmlFor={id}>{label}</Label>
        {optional && <span className="text-xs text-faint">{optional}</span>}
      </div>
      {children({ id, ...(error ? { 'aria-invalid': true } : {}), ...(note ? { 'aria-describedby': `${id}-note` } : {}) })}
      {note && (
        <p id={`${id}-note`} role={error ? 'alert' : undefined} className={cn('text-xs wrap-anywhere', error ? 'text-danger-text' : 'text-muted')}>
          {note}
        </p>
      )}
    </div>
  )
}
