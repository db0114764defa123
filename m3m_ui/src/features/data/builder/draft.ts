import { ApiError } from '@/lib/api'
import type { ModelBody } from '../api'
import { type Field, type FieldType, isMany, isText, type Model, textsOf, TIMES, typeOf, VIEWS } from '../lib/types'
import { fromForm, toForm } from '../lib/values'
import { optionsOf, optionValue } from './options'

/** A field while it is designed. `uid` stays when its key changes; `was` is its key on the server. */
export interface DraftField extends Field {
  uid: string
  was: string | undefined
}

/** Names of fields are their `uid`; of the times of a record, their own. */
export interface Layout {
  columns: string[]
  filters: string[]
  sort_columns: string[]
  searchable: string[]
  field_order: string[]
  hidden_fields: string[]
  field_views: Record<string, string>
}

export interface Draft {
  name: string
  slug: string
  fields: DraftField[]
  layout: Layout
}

export function newField(type: FieldType = 'string'): DraftField {
  // drawn by lot: a draft that is there again from before has its own
  const uid = [...crypto.getRandomValues(new Uint32Array(2))].map((part) => part.toString(36)).join('')
  return { uid, was: undefined, key: '', type, label: '', help: '', required: false, nullable: true, default_value: '', unique: false, index: false, options: {} }
}

export function emptyDraft(): Draft {
  const layout = { columns: [], filters: [], sort_columns: [], searchable: [], field_order: [], hidden_fields: [], field_views: {} }
  return { name: '', slug: '', fields: [newField()], layout }
}

export function draftOf(model: Model): Draft {
  const fields = model.fields.map((field): DraftField => {
    const { uid } = newField()
    // a default is edited as its control has it: one value or several
    return { ...field, uid, was: field.key, options: { ...field.options }, default_value: toForm({ ...field, nullable: true }, field.default_value) }
  })
  const ids = new Map(fields.map((field) => [field.key, field.uid]))
  const idsOf = (keys: string[] | undefined) => (keys ?? []).map((key) => ids.get(key) ?? key)
  const { table_config: table, form_config: form } = model
  return {
    name: model.name,
    slug: model.slug,
    fields,
    layout: {
      columns: idsOf(table.columns),
      filters: idsOf(table.filters),
      sort_columns: idsOf(table.sort_columns),
      searchable: idsOf(table.searchable),
      field_order: idsOf(form.field_order),
      hidden_fields: idsOf(form.hidden_fields),
      field_views: Object.fromEntries(Object.entries(form.field_views ?? {}).map(([key, view]) => [ids.get(key) ?? key, view])),
    },
  }
}

/** The draft over a model that somebody has changed meanwhile: what was a field there and is none is a new one. */
export function rebased(draft: Draft, onto: Model): Draft {
  const keys = new Set(onto.fields.map((field) => field.key))
  return { ...draft, fields: draft.fields.map((field) => (field.was !== undefined && !keys.has(field.was) ? { ...field, was: undefined } : field)) }
}

export function retyped(field: DraftField, type: FieldType): DraftField {
  const options = Object.fromEntries(optionsOf(type, field.options).map(([name]) => [name, field.options[name]]).filter(([, value]) => value !== undefined))
  const changed = { ...field, type, options }
  return { ...changed, default_value: toForm({ ...changed, nullable: true }, null), unique: field.unique && canBeUnique(changed), index: field.index && type !== 'document' }
}

export function canBeUnique(field: Field): boolean {
  return !isMany(field) && field.type !== 'bool' && field.type !== 'document'
}

export function canSearch(field: Field): boolean {
  return isText(field) || field.type === 'select'
}

export function canSort(field: Field): boolean {
  return !isMany(field) && field.type !== 'document'
}

/** The views that a field may have with its options. */
export function viewsOf(field: Field): readonly string[] {
  const { min, max } = field.options
  const isBounded = min !== undefined && min !== '' && max !== undefined && max !== ''
  return VIEWS[typeOf(field)].filter((view) => {
    if (view === 'slider') return isBounded
    if (view === 'radio' || view === 'checkboxes') return textsOf(field, 'values').length <= 20
    return view !== 'image' || textsOf(field, 'mime').every((mime) => mime.startsWith('image/'))
  })
}

export function bodyOf(draft: Draft): ModelBody {
  const fields = new Map(draft.fields.map((field) => [field.uid, field]))
  const times: readonly string[] = ['id', ...TIMES]
  const keysOf = (ids: string[], fits: (field: Field) => boolean = () => true) =>
    ids.flatMap((id) => {
      const field = fields.get(id)
      if (field) return fits(field) ? [field.key.trim()] : []
      return times.includes(id) ? [id] : []
    })
  const { layout } = draft
  const views = Object.entries(layout.field_views).flatMap(([id, view]) => {
    const field = fields.get(id)
    return field && viewsOf(field).includes(view) ? [[field.key.trim(), view]] : []
  })
  return {
    name: draft.name.trim(),
    slug: draft.slug.trim(),
    fields: draft.fields.map(fieldBody),
    table_config: {
      columns: keysOf(layout.columns),
      filters: keysOf(layout.filters, (field) => field.type !== 'document'),
      sort_columns: keysOf(layout.sort_columns, canSort),
      searchable: keysOf(layout.searchable, canSearch),
    },
    form_config: {
      field_order: keysOf(layout.field_order),
      hidden_fields: keysOf(layout.hidden_fields),
      field_views: Object.fromEntries(views) as Record<string, string>,
    },
  }
}

function fieldBody(field: DraftField): ModelBody['fields'][number] {
  const { was, options, default_value: written, label, help, type, required, unique, index } = field
  const key = field.key.trim()
  const sent = optionsOf(typeOf(field), options).map(([name, kind]) => [name, optionValue(kind, options[name])] as const)
  const isEmpty = written === '' || written === null || (Array.isArray(written) && written.length === 0)
  return {
    key, type, label, help, required, unique, index,
    nullable: field.required ? false : field.nullable,
    default_value: isEmpty ? null : written === '$now' ? written : fromForm({ ...field, nullable: true }, written),
    options: Object.fromEntries(sent.filter(([, value]) => value !== undefined)),
    old_key: was !== undefined && was !== key ? was : null,
  }
}

/** The server's complaints: about the model by path, about fields by `uid` and path. */
export interface Problems {
  model: Record<string, string>
  fields: Record<string, Record<string, string>>
}

export const NO_PROBLEMS: Problems = { model: {}, fields: {} }

export function problemsOf(error: unknown, draft: Draft): Problems {
  const found: Problems = { model: {}, fields: {} }
  if (!(error instanceof ApiError)) return found
  for (const [path, { message }] of Object.entries(error.fields)) {
    const [, index, rest] = /^fields\.(\d+)\.(.+)$/.exec(path) ?? []
    const field = index === undefined ? undefined : draft.fields[Number(index)]
    if (field && rest !== undefined) (found.fields[field.uid] ??= {})[rest] = message
    else found.model[path] = message
  }
  if (error.code === 'slug_taken') found.model.slug = error.message
  return found
}
