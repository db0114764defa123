import { beforeAll, expect, test } from 'vitest'
import { i18n, startI18n } from '../i18n'
import { translated } from './sentences'

const REFUSED = { error: 'Another project has the slug shop.', code: 'slug_taken', request_id: '7', fields: { email: { code: 'invalid_email', message: 'No.' }, sum: { code: 'odd', message: 'Too odd.' } } }

beforeAll(() => startI18n('ru'))

test('what is known by its code is told in the chosen language, the rest as the server says it', async () => {
  expect(i18n.hasLoadedNamespace('errors')).toBe(false)
  expect(await translated(REFUSED)).toEqual({
    error: i18n.t('errors:codes.slug_taken'),
    code: 'slug_taken',
    request_id: '7',
    fields: { email: { code: 'invalid_email', message: i18n.t('errors:fields.invalid_email') }, sum: { code: 'odd', message: 'Too odd.' } },
  })
  expect(i18n.t('errors:codes.slug_taken')).toMatch(/[а-я]/)
  await i18n.changeLanguage('en')
  expect((await translated(REFUSED)).error).toBe('Another one has this slug.')
})

test.each([[{ error: 'Not today.', code: 'not_today' }], [{ error: 'Not today.' }]])('%o is told as it comes', async (body) => {
  expect((await translated(body)).error).toBe('Not today.')
})
