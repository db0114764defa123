import type { FieldPath, FieldValues, UseFormReturn } from 'react-hook-form'
import { ApiError } from '@/lib/api'
import { toastError } from '@/lib/toast'

/**
 * Puts the server's complaints under their fields and moves the focus to the first. What belongs to no field of the
 * form, or is no complaint about fields at all, becomes a toast. For the `onError` of a mutation with `meta: {silent: true}`.
 * `codes` says which field a refusal is about that names none: `{ slug_taken: 'slug' }`.
 */
export function showServerErrors<T extends FieldValues>(
  form: Pick<UseFormReturn<T>, 'setError' | 'getValues'>,
  error: unknown,
  codes: Record<string, FieldPath<T>> = {},
): void {
  const fields = error instanceof ApiError ? Object.entries(error.fields) : []
  const meant = error instanceof ApiError ? codes[error.code] : undefined
  if (error instanceof ApiError && meant) fields.push([meant, error])
  const known = fields.filter(([name]) => hasField(form.getValues(), name))
  known.forEach(([name, { message }], index) => {
    form.setError(name as FieldPath<T>, { type: 'server', message }, { shouldFocus: index === 0 })
  })
  if (known.length === 0) toastError(error)
}

function hasField(values: unknown, path: string): boolean {
  let value = values
  for (const part of path.split('.')) {
    if (typeof value !== 'object' || value === null || !(part in value)) return false
    value = (value as Record<string, unknown>)[part]
  }
  return true
}
