import { i18n } from '../i18n'
import type { components } from './schema'

type ErrorBody = Partial<components['schemas']['Error']>
type Facts = Record<string, string | undefined>

/** How the server's sentences tell a bound: `Must have at least 3 items.` Others, such as that of a time, are told as they come. */
const LIMIT = /\bat (?:least|most) (\S+?)(?:\.$|\s)/

/**
 * What the server says, in the chosen language as far as its codes are known in the locale `errors`; else as it comes. The sentences
 * are loaded with the first error.
 */
export async function translated(body: ErrorBody): Promise<ErrorBody> {
  await i18n.loadNamespaces('errors')
  const fields = Object.entries(body.fields ?? {}).map(([name, { code, message }]) => [
    name,
    { code, message: sentence('fields', code, message, { limit: LIMIT.exec(message)?.[1] }) },
  ])
  return { ...body, error: sentence('codes', body.code, body.error, factsOf(body.details)), fields: Object.fromEntries(fields) }
}

function factsOf(details: ErrorBody['details']): Facts {
  return Object.fromEntries(Object.entries(details ?? {}).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]))
}

/** The server's words where a fact that the sentence wants is not there. */
function sentence<Words extends string | undefined>(part: 'codes' | 'fields', code: string | undefined, words: Words, facts: Facts): string | Words {
  const key = `errors:${part}.${code}`
  if (code === undefined || !i18n.exists(key)) return words
  const text: string = i18n.t(key as 'errors:codes.timeout', { skipInterpolation: true })
  const told = text.replaceAll(/{{(\w+)}}/g, (place, name: string) => facts[name] ?? place)
  return told.includes('{{') ? words : told
}
