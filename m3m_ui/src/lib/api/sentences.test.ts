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

test.each([
  ['too_short', 'Must have at least 3 characters.', 'Слишком коротко: не меньше 3.'],
  ['too_small', 'Must be at least 0.5.', 'Должно быть не меньше 0.5.'],
  ['too_large', 'Must not be after 2026-11-22T00:00:00Z.', 'Must not be after 2026-11-22T00:00:00Z.'],
  ['too_large', 'Must be a number that fits into 64 bits.', 'Must be a number that fits into 64 bits.'],
  ['duplicate', 'Another record has this value already.', 'Такое значение уже есть в другой записи.'],
])('the bound of %s is kept: %s', async (code, message, told) => {
  await i18n.changeLanguage('ru')
  expect((await translated({ fields: { sum: { code, message } } })).fields).toEqual({ sum: { code, message: told } })
})

test.each([
  ['model_referenced', { models: ['orders', 'customers'] }, 'На неё ссылаются другие модели: orders, customers. Сначала удалите эти поля.'],
  ['model_referenced', undefined, 'As the server says it.'],
  ['start_failed', { message: 'no key' }, 'Сервис не запустился: no key'],
])('the details of %s are put into it: %o', async (code, details, told) => {
  await i18n.changeLanguage('ru')
  expect((await translated({ error: 'As the server says it.', code, details })).error).toBe(told)
})
