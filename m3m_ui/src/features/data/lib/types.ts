import type { components } from '@/lib/api'

export type Model = components['schemas']['ModelAnswer']
/** A model in the list of all, with the number of its records. */
export type ListedModel = Model & { record_count: number }
export type Field = components['schemas']['FieldAnswer']

/** A record as the API gives it: `id`, its fields, `created_at`, `updated_at`, `revision`, maybe `expand`. */
export type RecordData = Record<string, unknown> & { id: string; revision?: number; expand?: Record<string, RecordData | RecordData[] | null> }

export const TYPES = ['string', 'text', 'number', 'float', 'bool', 'date', 'datetime', 'select', 'multiselect', 'email', 'url', 'ref', 'file', 'document'] as const
export type FieldType = (typeof TYPES)[number]

/** The views of each type, its usual one first: as the server has them. */
export const VIEWS: Record<FieldType, readonly string[]> = {
  string: ['input'],
  email: ['input'],
  url: ['input'],
  text: ['textarea', 'tiptap', 'markdown'],
  number: ['input', 'slider'],
  float: ['input', 'slider'],
  bool: ['checkbox', 'switch'],
  date: ['picker', 'input'],
  datetime: ['picker', 'input'],
  file: ['file', 'image'],
  ref: ['select', 'combobox'],
  document: ['json'],
  select: ['select', 'radio'],
  multiselect: ['select', 'checkboxes'],
}

export const TIMES = ['created_at', 'updated_at'] as const

export function typeOf(field: { type: string }): FieldType {
  return (TYPES as readonly string[]).includes(field.type) ? (field.type as FieldType) : 'string'
}

/** Whether its value is a list. */
export function isMany(field: { type: string; options: Record<string, unknown> }): boolean {
  return field.type === 'multiselect' || field.options.multiple === true
}

export function isText(field: { type: string }): boolean {
  return ['string', 'text', 'email', 'url'].includes(field.type)
}

export function isNumber(field: { type: string }): boolean {
  return field.type === 'number' || field.type === 'float'
}

export function viewOf(model: Pick<Model, 'form_config'>, field: Field): string {
  return model.form_config.field_views?.[field.key] ?? VIEWS[typeOf(field)][0] ?? 'input'
}

export function labelOf(field: Pick<Field, 'key' | 'label'>): string {
  return field.label || field.key
}

export function textsOf(field: Pick<Field, 'options'>, option: string): string[] {
  const found = field.options[option]
  return Array.isArray(found) ? found.filter((each): each is string => typeof each === 'string') : []
}

export function numberOf(field: Pick<Field, 'options'>, option: string): number | undefined {
  const found = field.options[option]
  return typeof found === 'number' ? found : undefined
}

/** The fields of a form in its order. */
export function formFields(model: Model): Field[] {
  const order = model.form_config.field_order ?? []
  const hidden = new Set(model.form_config.hidden_fields ?? [])
  const place = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return model.fields.filter((field) => !hidden.has(field.key)).sort((a, b) => place(a.key) - place(b.key))
}
