import type { FieldType } from '../lib/types'

export type OptionKind = 'whole' | 'number' | 'date' | 'line' | 'values' | 'mimes' | 'flag' | 'model' | 'policy'

export type OptionName = 'min_length' | 'max_length' | 'pattern' | 'min' | 'max' | 'max_size' | 'mime' | 'multiple' | 'model' | 'on_delete' | 'values'

type Options = Partial<Record<OptionName, OptionKind>>

const TEXT: Options = { min_length: 'whole', max_length: 'whole', pattern: 'line' }
const MANY: Options = { min: 'whole', max: 'whole' }

const OPTIONS: Record<FieldType, Options> = {
  string: TEXT,
  text: TEXT,
  email: TEXT,
  url: TEXT,
  number: { min: 'number', max: 'number' },
  float: { min: 'number', max: 'number' },
  bool: {},
  date: { min: 'date', max: 'date' },
  datetime: { min: 'date', max: 'date' },
  select: { values: 'values' },
  multiselect: { values: 'values', ...MANY },
  ref: { model: 'model', on_delete: 'policy', multiple: 'flag' },
  file: { mime: 'mimes', max_size: 'whole', multiple: 'flag' },
  document: { max_size: 'whole' },
}

/** The options that a type has; some only when it holds several values. */
export function optionsOf(type: FieldType, options: Record<string, unknown>): [OptionName, OptionKind][] {
  const isList = (type === 'ref' || type === 'file') && options.multiple === true
  return Object.entries({ ...OPTIONS[type], ...(isList ? MANY : {}) }) as [OptionName, OptionKind][]
}

/** As it is sent: numbers as numbers, lists without empty lines. What was left empty is not sent. */
export function optionValue(kind: OptionKind, value: unknown): unknown {
  if (value === '' || value === undefined || value === null || value === false) return undefined
  if (kind === 'values' || kind === 'mimes') {
    const lines = Array.isArray(value) ? value.map((each) => String(each).trim()).filter(Boolean) : []
    return kind === 'mimes' && lines.length === 0 ? undefined : lines
  }
  if ((kind === 'whole' || kind === 'number') && typeof value === 'string') return Number.isFinite(Number(value)) ? Number(value) : value
  return value
}
