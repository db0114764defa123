import type { Code, Source } from './api'

export interface ExcerptLine {
  number: number
  text: string
  isFault: boolean
}

interface Place {
  file: string | null
  line: number | null
  column: number | null
}

const AROUND = 2
const MAIN = 'main.js'

/** The line of an error with those around it; nothing when the code has no such line. */
export function excerptOf(code: Code, file: string, line: number): ExcerptLine[] {
  const lines = textOf(code, file)?.split(/\r?\n/) ?? []
  if (line < 1 || line > lines.length) return []
  const first = Math.max(line - AROUND, 1)
  return lines.slice(first - 1, line + AROUND).map((text, index) => ({ number: first + index, text, isFault: first + index === line }))
}

/** An error may name the main file as `main`, and others without their ending. */
function textOf(code: Code, file: string): string | undefined {
  const name = file.replace(/^\.?\//, '')
  if (name === MAIN || name === 'main') return code.code
  return code.files.find((each) => each.name === name || each.name === `${name}.js`)?.code
}

/** Where the place of an error is opened in the editor, or in the code of a release. */
export function codeAddress(project: string, source: Source | null, at: Partial<Place> = {}): string {
  const query = new URLSearchParams()
  if (source?.kind === 'branch') query.set('branch', source.name)
  if (at.file) query.set('file', at.file)
  if (at.line) query.set('line', String(at.line))
  if (at.line && at.column) query.set('column', String(at.column))
  const path = source?.kind === 'release' ? `code/releases/${encodeURIComponent(source.name)}` : 'code'
  return `/projects/${project}/${path}${query.size > 0 ? `?${query}` : ''}`
}
