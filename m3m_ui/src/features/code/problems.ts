import type { components } from '@/lib/api'
import { type Files, fileOfError } from './files'

/** `run`: an error of the service that ran; the others are what the compiler says about the code. */
export interface Problem {
  file: string
  line: number
  column: number
  message: string
  kind: 'run' | 'error' | 'warning'
}

export type RunError = components['schemas']['ErrorAnswer']

/** The owner of the editor's marks for errors of the run. */
export const RUN_OWNER = 'run'

const ORDER = { run: 0, error: 1, warning: 2 }

export function sorted(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => ORDER[a.kind] - ORDER[b.kind] || a.file.localeCompare(b.file) || a.line - b.line || a.column - b.column)
}

/** The place of an error in the files; undefined when it has none there. */
export function problemOf(error: RunError | null | undefined, files: Files): Problem | undefined {
  const file = fileOfError(error?.file, files)
  if (!error || file === undefined || !error.line) return undefined
  return { file, line: error.line, column: error.column ?? 1, message: error.message, kind: 'run' }
}

/** The details of a refused start. */
export function errorOfDetails(details: Record<string, unknown>, message: string): RunError {
  const text = (value: unknown) => (typeof value === 'string' ? value : null)
  const number = (value: unknown) => (typeof value === 'number' ? value : null)
  return {
    message: text(details.message) ?? message,
    at: null,
    where: null,
    file: text(details.file),
    line: number(details.line),
    column: number(details.column),
    stack: text(details.stack),
  }
}
