import slugify from 'slugify'
import { isMany, type Model, type RecordData } from './types'

/** The field by which a person knows a record: the first text of its table, else of its fields. */
export function titleField(model: Model | undefined): string | undefined {
  if (!model) return undefined
  const byKey = new Map(model.fields.map((field) => [field.key, field]))
  const order = [...(model.table_config.columns ?? []), ...byKey.keys()]
  const types = ['string', 'email', 'url', 'select', 'text']
  for (const type of types.slice(0, 4)) {
    const found = order.find((key) => byKey.get(key)?.type === type)
    if (found) return found
  }
  return order.find((key) => {
    const field = byKey.get(key)
    return field && types.includes(field.type) && !isMany(field)
  })
}

/** What a record is called where another leads to it. */
export function recordName(model: Model | undefined, record: RecordData): string {
  const key = titleField(model)
  const value = key === undefined ? undefined : record[key]
  return typeof value === 'string' && value.trim() !== '' ? value : record.id
}

/** A name as the slug of a model: `Order items` → `order_items`. */
export function modelSlug(name: string): string {
  return slugify(name, { lower: true, strict: true, replacement: '_' }).replace(/^[^a-z]+/, '').slice(0, 63).replace(/_+$/, '')
}
