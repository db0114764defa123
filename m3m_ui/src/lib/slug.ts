import slugify from 'slugify'

export const SLUG = /^[a-z0-9][a-z0-9-]{0,62}$/

/** A name as an address: Latin letters, digits and dashes. Cyrillic and accents are transliterated. */
export function slugOf(name: string): string {
  return slugify(name, { lower: true, strict: true }).slice(0, 63).replace(/^-+|-+$/g, '')
}
