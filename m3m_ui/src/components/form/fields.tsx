import type { ComponentProps, ReactNode } from 'react'
import { type Control, Controller, type FieldPath, type FieldValues, useController } from 'react-hook-form'
import { Input, Textarea } from '../ui/input'
import { Select, type SelectOption } from '../ui/select'
import { Switch } from '../ui/switch'
import { Field } from './field'
import { ColorPicker } from './color-picker'

interface Bound<T extends FieldValues> {
  control: Control<T>
  name: FieldPath<T>
  label: ReactNode
  hint?: ReactNode
  optional?: string
}

type InputFieldProps<T extends FieldValues> = Bound<T> & Omit<ComponentProps<'input'>, 'name' | 'value'>

/** A line of text, a number, an email or a password of a form. */
export function InputField<T extends FieldValues>({ control, name, label, hint, optional, onChange, ...input }: InputFieldProps<T>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message}>
      {(tied) => (
        <Input
          {...tied}
          {...input}
          {...field}
          value={field.value ?? ''}
          onChange={(event) => {
            field.onChange(event)
            onChange?.(event)
          }}
        />
      )}
    </Field>
  )
}

type TextareaFieldProps<T extends FieldValues> = Bound<T> & Omit<ComponentProps<'textarea'>, 'name' | 'value'>

export function TextareaField<T extends FieldValues>({ control, name, label, hint, optional, ...area }: TextareaFieldProps<T>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message}>
      {(tied) => <Textarea {...tied} {...area} {...field} value={field.value ?? ''} />}
    </Field>
  )
}

type SelectFieldProps<T extends FieldValues> = Bound<T> & { options: readonly SelectOption[]; placeholder?: string }

export function SelectField<T extends FieldValues>({ control, name, label, hint, optional, ...select }: SelectFieldProps<T>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} optional={optional} error={fieldState.error?.message}>
      {(tied) => <Select {...tied} {...select} value={field.value ?? ''} onChange={field.onChange} />}
    </Field>
  )
}

/** A switch with its label beside it. */
export function SwitchField<T extends FieldValues>({ control, name, label, hint, disabled }: Bound<T> & { disabled?: boolean }) {
  const id = `switch-${name}`
  return (
    <Controller
      control={control}
      name={name}
      render={({ field }) => (
        <div className="flex items-start justify-between gap-4">
          <label htmlFor={id} className="text-sm font-medium">
            {label}
            {hint && <span className="block text-xs font-normal text-muted">{hint}</span>}
          </label>
          <Switch id={id} disabled={disabled} checked={Boolean(field.value)} onCheckedChange={field.onChange} onBlur={field.onBlur} ref={field.ref} />
        </div>
      )}
    />
  )
}

/** One of the 16 colours, or none. */
export function ColorField<T extends FieldValues>({ control, name, label, hint }: Bound<T>) {
  const { field, fieldState } = useController({ control, name })
  return (
    <Field label={label} hint={hint} error={fieldState.error?.message}>
      {(tied) => <ColorPicker {...tied} value={field.value} onChange={field.onChange} />}
    </Field>
  )
}
