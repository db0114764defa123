import type { ControlProps } from '@/components/form/field'
import type { Field } from '../../lib/types'

export interface ValueControlProps {
  field: Field
  value: unknown
  onChange: (value: unknown) => void
  /** What ties it to its label and its error. */
  tied: ControlProps
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : value === null || value === undefined ? '' : String(value)
}

export function asList(value: unknown): string[] {
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' && value !== '' ? [value] : []
}
