import { describe, expect, test } from 'vitest'

type Texts = { [key: string]: string | Texts }

const files = import.meta.glob<Texts>(['/src/locales/*/*.json', '/src/features/*/locales/*.json'], { eager: true, import: 'default' })
const PLURAL = /_(zero|one|two|few|many|other)$/

/** Every key with its text, `a.b.c`; the forms of a plural are one key. */
function keysOf(texts: Texts, path = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(path + key.replace(PLURAL, ''), value)
    else for (const [inner, text] of keysOf(value, `${path}${key}.`)) found.set(inner, text)
  }
  return found
}

function placeholders(text: string | undefined): string[] {
  return [...(text ?? '').matchAll(/{{\s*(\w+)/g)].map((match) => match[1] ?? '').sort()
}

/** The forms that a language has for whole numbers; `other` of Russian is for fractions. */
const FORMS = { en: ['one', 'other'], ru: ['few', 'many', 'one', 'other'] }

/** Every plural with its forms. */
function formsOf(texts: Texts, path = ''): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value !== 'string') for (const [inner, forms] of formsOf(value, `${path}${key}.`)) found.set(inner, forms)
    else if (PLURAL.test(key)) {
      const name = path + key.replace(PLURAL, '')
      found.set(name, [...(found.get(name) ?? []), key.slice(key.lastIndexOf('_') + 1)].sort())
    }
  }
  return found
}

const english = Object.keys(files).filter((path) => /\/en(\/|\.json$)/.test(path))

describe.each(english)('%s', (path) => {
  const en = keysOf(files[path] ?? {})
  const ru = keysOf(files[path.replace(/\/en(\/|\.json$)/, '/ru$1')] ?? {})

  test('has every key in both languages', () => {
    expect([...ru.keys()].sort()).toEqual([...en.keys()].sort())
  })

  test('has no empty text, and the same values are put into both', () => {
    for (const [key, text] of en) {
      expect(text.trim(), key).not.toBe('')
      expect(ru.get(key)?.trim(), key).not.toBe('')
      expect(placeholders(ru.get(key)), key).toEqual(placeholders(text))
    }
  })

  test.each(['en', 'ru'] as const)('has every form of the plurals of %s', (language) => {
    for (const [key, forms] of formsOf(files[path.replace(/\/en(\/|\.json$)/, `/${language}$1`)] ?? {})) expect(forms, key).toEqual(FORMS[language])
  })
})
