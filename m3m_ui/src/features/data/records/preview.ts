import type { FileFormat } from '../records-api'

const ROWS = 5
/** Enough characters for the first rows. */
const READ = 64_000

export interface Preview {
  header: string[]
  rows: string[][]
}

export function formatOf(file: { name: string; type: string }): FileFormat {
  return /\.json$/i.test(file.name) || file.type === 'application/json' ? 'json' : 'csv'
}

/** The first rows of a file as they stand there. undefined: it cannot be read; the server says why. */
export function preview(text: string, format: FileFormat): Preview | undefined {
  if (format === 'csv') {
    const [header, ...rows] = csvLines(text.slice(0, READ), ROWS + 1)
    return header && { header, rows }
  }
  try {
    const found: unknown = JSON.parse(text)
    if (!Array.isArray(found)) return undefined
    const records = found.slice(0, ROWS) as Record<string, unknown>[]
    const header = [...new Set(records.flatMap((record) => Object.keys(record)))]
    return { header, rows: records.map((record) => header.map((key) => written(record[key]))) }
  } catch {
    return undefined
  }
}

function written(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** The first lines of CSV (RFC 4180). */
export function csvLines(text: string, most: number): string[][] {
  const lines: string[][] = []
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gy
  let line: string[] = []
  cell.lastIndex = text.startsWith('\uFEFF') ? 1 : 0
  while (cell.lastIndex < text.length && lines.length < most) {
    const match = cell.exec(text)
    if (!match) break
    line.push(match[1]?.replace(/""/g, '"') ?? match[2] ?? '')
    if (match[3] !== ',') {
      lines.push(line)
      line = []
    }
  }
  if (line.length > 0 && text.endsWith(',')) line.push('')
  return line.length > 0 && lines.length < most ? [...lines, line] : lines
}
