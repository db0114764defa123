import { i18n } from '../i18n'
import type { components } from './schema'

type ErrorBody = Partial<components['schemas']['Error']>

/**
 * What the server says, in the chosen language as far as its codes are known in the locale `errors`; else as it comes. The sentences
 * are loaded with the first error.
 */
export async function translated(body: ErrorBody): Promise<ErrorBody> {
  await i18n.loadNamespaces('errors')
  const fields = Object.entries(body.fields ?? {}).map(([name, { code, message }]) => [name, { code, message: sentence('fields', code, message) }])
  return { ...body, error: sentence('codes', body.code, body.error), fields: Object.fromEntries(fields) }
}

function sentence<Words extends string | undefined>(part: 'codes' | 'fields', code: string | undefined, words: Words): string | Words {
  const key = `errors:${part}.${code}`
  return code !== undefined && i18n.exists(key) ? i18n.t(key as 'errors:codes.timeout') : words
}
