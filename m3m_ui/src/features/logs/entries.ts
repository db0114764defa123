import type { LogEntry } from '@/lib/log-stream'

export const LEVELS = ['debug', 'info', 'warn', 'error'] as const
type Level = LogEntry['level']

export interface Filter {
  /** Empty for all. */
  level: '' | Level
  search: string
}

export function levelOf(text: string): Filter['level'] {
  return LEVELS.find((level) => level === text) ?? ''
}

/** As the server filters: one level, and a text in the message whatever its case. */
export function matches(entry: LogEntry, { level, search }: Filter): boolean {
  return (level === '' || entry.level === level) && (search === '' || entry.message.toLowerCase().includes(search.toLowerCase()))
}

/** A longer line is cut until somebody asks for all of it. */
const LONGEST = 2_000

/** The first line of a message, how many there are after it, and whether the first one had to be cut. */
export function headOf(message: string): { head: string; more: number; isCut: boolean } {
  const end = message.indexOf('\n')
  const first = end < 0 ? message : message.slice(0, end)
  const more = end < 0 ? 0 : message.trimEnd().split('\n').length - 1
  return { head: first.slice(0, LONGEST), more, isCut: first.length > LONGEST }
}

/** An entry as it stands in the file. */
export function textOf(entry: LogEntry): string {
  return `[${entry.time}] [${entry.level.toUpperCase()}] ${entry.message}`
}

/** The text in pieces; every second one is what was searched for. */
export function pieces(text: string, search: string): string[] {
  if (search === '') return [text]
  const lower = text.toLowerCase()
  const wanted = search.toLowerCase()
  // a letter whose lower case is longer would shift the places
  if (lower.length !== text.length) return [text]
  const found: string[] = []
  let from = 0
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, from)) {
    found.push(text.slice(from, at), text.slice(at, at + wanted.length))
    from = at + wanted.length
  }
  return [...found, text.slice(from)]
}
