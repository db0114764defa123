import { type Field, isMany, isNumber, isText, typeOf } from './types'

/** The values of a form: as the API has them, but numbers and objects as they are being written. */
export type FormValues = Record<string, unknown>

const NOW = '$now'

/** How a form begins with a value of the API. */
export function toForm(field: Field, value: unknown): unknown {
  if (isMany(field)) return Array.isArray(value) ? value : []
  if (value === null || value === undefined) return field.type === 'bool' ? (field.nullable ? null : false) : ''
  if (field.type === 'document') return JSON.stringify(value, null, 2)
  return isNumber(field) ? String(value) : value
}

/** What the API is sent for what stands in a form. What cannot be read is sent as it is: the server says why it is wrong. */
export function fromForm(field: Field, value: unknown): unknown {
  if (isMany(field)) return value
  if (value === '' || value === null || value === undefined) return isText(field) && !field.nullable ? '' : null
  if (typeof value !== 'string') return value
  if (field.type === 'document') return parsed(value)
  if (isNumber(field)) {
    const text = value.trim().replace(/^([+-]?\d+),(\d+)$/, '$1.$2')
    return text !== '' && Number.isFinite(Number(text)) ? Number(text) : value
  }
  return value
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** undefined when it can be read. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return undefined
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function defaultOf(field: Field): unknown {
  if (field.default_value !== NOW) return field.default_value
  const now = new Date().toISOString()
  return typeOf(field) === 'date' ? now.slice(0, 10) : now
}

export function newValues(fields: readonly Field[]): FormValues {
  return Object.fromEntries(fields.map((field) => [field.key, toForm(field, defaultOf(field))]))
}

export function valuesOf(fields: readonly Field[], record: Record<string, unknown>): FormValues {
  return Object.fromEntries(fields.map((field) => [field.key, toForm(field, record[field.key])]))
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}

/** The keys whose values are not those of the record any more. */
export function changedKeys(fields: readonly Field[], values: FormValues, base: FormValues): string[] {
  return fields.filter((field) => !same(values[field.key], base[field.key])).map((field) => field.key)
}

/** What is sent to create a record: nothing for what was left empty, so that the server says what is missing. */
export function creation(fields: readonly Field[], values: FormValues): Record<string, unknown> {
  const filled = fields.map((field) => [field.key, fromForm(field, values[field.key]), field] as const)
  const isEmpty = (value: unknown) => value === null || value === '' || (Array.isArray(value) && value.length === 0)
  return Object.fromEntries(filled.filter(([, value, field]) => !isEmpty(value) || field.default_value !== null || (!field.required && !field.nullable)).map(([key, value]) => [key, value]))
}

/** What is sent to change one. */
export function change(fields: readonly Field[], values: FormValues, base: FormValues): Record<string, unknown> {
  const changed = new Set(changedKeys(fields, values, base))
  return Object.fromEntries(fields.filter((field) => changed.has(field.key)).map((field) => [field.key, fromForm(field, values[field.key])]))
}
