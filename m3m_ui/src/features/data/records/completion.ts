import { type Field, isMany, type Model, textsOf, TIMES, typeOf } from '../lib/types'

export type Kind = 'field' | 'operator' | 'value' | 'macro' | 'joiner'

export interface Suggestion {
  kind: Kind
  text: string
  /** Put after it, so that one can write on. */
  after: string
}

export interface Completion {
  /** What a chosen one replaces: from here to the caret. */
  from: number
  items: Suggestion[]
}

const MACROS = ['@now', '@todayStart', '@todayEnd', '@monthStart', '@monthEnd', '@yearStart', '@yearEnd']
const COMPARING = ['=', '!=', '>', '>=', '<', '<=']
const CONTAINING = ['=', '!=', '~', '!~']
const MOST = 12

// the tokens of the server's grammar; a text may still be without its closing quote
const TOKEN = /\s+|\/\/[^\n]*|(?<joiner>&&|\|\|)|(?<operator>\?(?:!=|!~|>=|<=|=|~|>|<)|!=|!~|>=|<=|=|~|>|<)|(?<bracket>[()])|(?<operand>'(?:[^'\\]|\\.)*'?|"(?:[^"\\]|\\.)*"?|@[A-Za-z]*|[+-]?\d[\w.+-]*|[A-Za-z_][\w.]*)|(?<half>[&|?!])/gsy

interface Token {
  kind: 'joiner' | 'operator' | 'bracket' | 'operand' | 'half'
  text: string
  from: number
}

function tokensOf(text: string): Token[] {
  const found: Token[] = []
  TOKEN.lastIndex = 0
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const kind = Object.entries(match.groups ?? {}).find(([, value]) => value !== undefined)?.[0] as Token['kind'] | undefined
    if (kind) found.push({ kind, text: match[0], from: match.index })
    if (TOKEN.lastIndex >= text.length) break
  }
  return found
}

/** What may stand at the caret of a filter, by the grammar and by the models. */
export function complete(text: string, caret: number, model: Model, models: readonly Model[]): Completion {
  const tokens = tokensOf(text.slice(0, caret))
  const last = tokens.at(-1)
  const typing = last !== undefined && last.from + last.text.length === caret && last.kind !== 'bracket' && !isClosed(last)
  const before = typing ? tokens.slice(0, -1) : tokens
  const part = typing ? last.text : ''
  const from = typing ? last.from : caret
  return { from, items: matching(wanted(before, model, models, part), part) }
}

function isClosed(token: Token): boolean {
  const quote = token.text.charAt(0)
  const isQuoted = (quote === "'" || quote === '"') && token.text.length > 1 && token.text.endsWith(quote)
  return isQuoted || token.kind === 'joiner'
}

function wanted(before: Token[], model: Model, models: readonly Model[], part: string): Suggestion[] {
  const [left, operator] = [before.at(-2), before.at(-1)]
  if (operator === undefined || operator.kind === 'joiner' || operator.text === '(') return fields(model, models, part)
  if (operator.kind === 'operator') return values(fieldAt(left?.text ?? '', model, models))
  const isWhole = operator.kind === 'bracket' || left?.kind === 'operator'
  return isWhole ? ['&&', '||'].map((each) => ({ kind: 'joiner', text: each, after: ' ' })) : operators(fieldAt(operator.text, model, models))
}

function matching(items: Suggestion[], part: string): Suggestion[] {
  const lower = part.toLowerCase()
  const begins = items.filter((item) => item.text.toLowerCase().startsWith(lower))
  const holds = items.filter((item) => !begins.includes(item) && item.text.toLowerCase().includes(lower))
  const found = [...begins, ...holds].slice(0, MOST)
  // nothing is left to complete
  return found.length === 1 && found[0]?.text === part ? [] : found
}

/** The fields of the model, and behind a ref that is written already those of its model. */
function fields(model: Model, models: readonly Model[], part: string): Suggestion[] {
  const path = part.split('.').slice(0, -1)
  const at = path.reduce<Model | undefined>((now, key) => {
    const ref = now?.fields.find((field) => field.key === key && field.type === 'ref')
    return ref && models.find((each) => each.slug === ref.options.model)
  }, model)
  if (!at) return []
  const first = new Set(path.length > 0 ? [] : (model.table_config.filters ?? []))
  const keys = [...new Set([...first, ...at.fields.map((field) => field.key), 'id', ...TIMES])]
  const begin = path.length > 0 ? `${path.join('.')}.` : ''
  return keys.map((key) => ({ kind: 'field', text: begin + key, after: at.fields.find((field) => field.key === key)?.type === 'ref' ? '' : ' ' }))
}

function fieldAt(path: string, model: Model, models: readonly Model[]): Field | undefined {
  const [key, ...rest] = path.split('.')
  const field = model.fields.find((each) => each.key === key)
  if (rest.length === 0) return field
  const next = models.find((each) => each.slug === field?.options.model)
  return next && fieldAt(rest.join('.'), next, models)
}

function operators(field: Field | undefined): Suggestion[] {
  const type = field && typeOf(field)
  let found = [...COMPARING, '~', '!~']
  if (type && ['number', 'float', 'date', 'datetime'].includes(type)) found = COMPARING
  else if (type === 'bool' || type === 'ref') found = ['=', '!=']
  else if (type && type !== 'document') found = CONTAINING
  if (field && isMany(field)) found = ['?=', '?!=', '?~', ...found]
  return found.map((text) => ({ kind: 'operator', text, after: ' ' }))
}

function values(field: Field | undefined): Suggestion[] {
  const type = field && typeOf(field)
  const value = (text: string): Suggestion => ({ kind: 'value', text, after: ' ' })
  const macros = MACROS.map((text): Suggestion => ({ kind: 'macro', text, after: ' ' }))
  if (type === 'bool') return [value('true'), value('false')]
  if (type === 'select' || type === 'multiselect') return field ? textsOf(field, 'values').map((each) => value(quoted(each))) : []
  if (type === 'date' || type === 'datetime' || field === undefined) return [...macros, value('null')]
  return type === 'number' || type === 'float' ? [value('null')] : [value("''"), value('null')]
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`
}

/** The length of what stands at a place, for the line under an error: a word, a text, or one character. */
export function lengthAt(text: string, position: number): number {
  TOKEN.lastIndex = position
  return Math.max(TOKEN.exec(text)?.[0].length ?? 1, 1)
}
