import type { VariableType } from './api'

export const TYPES = ['string', 'text', 'json', 'integer', 'float', 'boolean'] as const satisfies readonly VariableType[]

export type Parsed = { value: unknown } | { wrong: 'json' | 'integer' | 'float' }

/** What is typed, as the value of its type; the server has the last word. */
export function parse(type: VariableType, text: string): Parsed {
  switch (type) {
    case 'string':
    case 'text':
      return { value: text }
    case 'boolean':
      return { value: text === 'true' }
    case 'integer':
      return /^[+-]?\d+$/.test(text.trim()) && Number.isSafeInteger(Number(text)) ? { value: Number(text) } : { wrong: 'integer' }
    case 'float':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? { value: Number(text) } : { wrong: 'float' }
    case 'json':
      try {
        return { value: JSON.parse(text) as unknown }
      } catch {
        return { wrong: 'json' }
      }
  }
}

/** A value as it is typed. */
export function written(type: VariableType, value: unknown): string {
  return type === 'json' ? JSON.stringify(value, null, 2) : String(value ?? '')
}
