import { describe, expect, it } from 'vitest'
import type { Module } from './api'
import { shown } from './search'

const sleep = { name: 'sleep', owner: 'utils', signature: 'utils.sleep(ms: number)', text: 'Waits.', example: '', waits: true }
const sha = { name: 'sha256', owner: 'crypto', signature: 'crypto.sha256(data)', text: 'A digest.', example: '', waits: false }
const module = (name: string, functions: Module['functions'], same_as = ''): Module => ({ name, aliases: [`$${name}`], plugin: name, description: '', functions, same_as })
const MODULES = [module('crypto', [sha]), module('utils', [sleep]), module('strings', [], 'utils')]

const names = (name: string | undefined, search: string) =>
  shown(MODULES, name, search).map((each) => [each.module.name, ...each.functions.map((one) => one.name)])

describe('shown', () => {
  it.each([
    ['the first without a name', undefined, '', [['crypto', 'sha256']]],
    ['the one in the address', 'utils', '', [['utils', 'sleep']]],
    ['the functions of the one it is the same as', 'strings', '', [['strings', 'sleep']]],
    ['every module that has the words', 'crypto', 'UTILS waits', [['utils', 'sleep']]],
    ['nothing', undefined, 'no such thing', []],
  ])('%s', (_what, name, search, expected) => {
    expect(names(name, search)).toEqual(expected)
  })
})
