import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync('src/styles/tokens.css', 'utf8')
const GROUNDS = ['bg', 'subtle', 'surface', 'raised', 'hover', 'pressed', 'accent-soft']
const TEXTS = ['text', 'muted', 'faint', 'accent-text', 'danger-text', 'success-text', 'warning-text', 'info-text']
const TEXT_ON = [
  ...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)),
  ...['danger', 'success', 'warning', 'info'].flatMap((tone) => [`${tone}-text`, 'text'].map((text) => [text, `${tone}-soft`] as const)),
  ...['accent', 'accent-hover', 'danger', 'danger-hover'].map((ground) => ['on-accent', ground] as const),
]
const SEEN_ON = ['control', 'ring'].flatMap((line) => ['bg', 'surface', 'raised'].map((ground) => [line, ground] as const))

function tokens(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]))
}

/** Relative luminance, as WCAG defines it. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function tooFaint(theme: Map<string, string>, pairs: readonly (readonly [string, string])[], least: number): string[] {
  return pairs.filter(([on, ground]) => contrast(theme.get(on) ?? '', theme.get(ground) ?? '') < least).map((pair) => pair.join(' on '))
}

describe.each([':root', '.dark'])('the colours of %s', (selector) => {
  const theme = tokens(selector)

  it('can be read: every text on every ground', () => {
    expect(tooFaint(theme, TEXT_ON, 4.5)).toEqual([])
  })

  it('can be seen: what is known by its colour alone', () => {
    expect(tooFaint(theme, SEEN_ON, 3)).toEqual([])
  })

  it('are all known to this test', () => {
    const named = new Set([...TEXT_ON, ...SEEN_ON].flat())
    expect([...named].filter((name) => !theme.has(name))).toEqual([])
  })
})
