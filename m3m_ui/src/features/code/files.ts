/** The code of a branch or a release: names of files, the main one first, and what is in them. */
export type Files = Readonly<Record<string, string>>

export const MAIN = 'main.js'
const NAME = /^(?=.{1,100}$)[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/

/** Code as the API has it. */
export interface Content {
  code: string
  files: { name: string; code: string }[]
}

export function filesOf(content: Content): Files {
  return Object.fromEntries([[MAIN, content.code], ...content.files.map((file) => [file.name, file.code])])
}

export function contentOf(files: Files): Content {
  const others = namesOf(files).filter((name) => name !== MAIN)
  return { code: files[MAIN] ?? '', files: others.map((name) => ({ name, code: files[name] ?? '' })) }
}

/** The main file first, the others as people sort them. */
export function namesOf(files: Files): string[] {
  return Object.keys(files).sort((a, b) => Number(b === MAIN) - Number(a === MAIN) || a.localeCompare(b, 'en', { numeric: true }))
}

export type Change = { name: string; kind: 'added' | 'changed' | 'deleted' }

export function changesOf(before: Files, after: Files): Change[] {
  const names = namesOf({ ...before, ...after })
  return names.flatMap<Change>((name) => {
    if (before[name] === after[name]) return []
    if (before[name] === undefined) return [{ name, kind: 'added' }]
    return [{ name, kind: after[name] === undefined ? 'deleted' : 'changed' }]
  })
}

export function isSame(one: Files, other: Files): boolean {
  return changesOf(one, other).length === 0
}

/** Theirs, with the files that only we have changed. What both have changed is `mine`, and named. */
export function merged(base: Files, mine: Files, theirs: Files): { files: Files; both: string[] } {
  const files = new Map(Object.entries(theirs))
  const both: string[] = []
  for (const { name } of changesOf(base, mine)) {
    if (theirs[name] !== base[name] && theirs[name] !== mine[name]) both.push(name)
    const text = mine[name]
    // a file that they have changed and we have deleted comes back, so that nothing is lost unseen
    if (text !== undefined) files.set(name, text)
    else if (theirs[name] === base[name]) files.delete(name)
  }
  return { files: Object.fromEntries(files), both }
}

export type NameFault = 'empty' | 'wrong' | 'reserved' | 'taken'

/** What is wrong with the name of a new file, or of one that was `before`. */
export function nameFault(name: string, files: Files, before?: string): NameFault | undefined {
  if (name === '') return 'empty'
  if (!NAME.test(name)) return 'wrong'
  if (name === 'main' || name === MAIN) return 'reserved'
  return name !== before && name in files ? 'taken' : undefined
}

export function renamed(files: Files, from: string, to: string): Files {
  return Object.fromEntries(Object.entries(files).map(([name, code]) => [name === from ? to : name, code]))
}

export function without(files: Files, name: string): Files {
  return Object.fromEntries(Object.entries(files).filter(([each]) => each !== name))
}

/** The file that an error of a run names: the main one as `main` or `main.js`, others perhaps without their ending. */
export function fileOfError(given: string | null | undefined, files: Files): string | undefined {
  if (!given) return undefined
  const name = given.replace(/^\.?\//, '')
  if (name === 'main') return MAIN
  return [name, `${name}.js`, name.replace(/\.js$/, '')].find((each) => each in files)
}
