import type { Entry } from './api'

export const SORTS = ['name', '-name', '-updated_at', 'updated_at', '-size', 'size'] as const
export type Sort = (typeof SORTS)[number]

export function isSort(text: string): text is Sort {
  return (SORTS as readonly string[]).includes(text)
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** What has the words in its name, in order: folders always before files. */
export function listed(entries: readonly Entry[], search: string, sort: Sort): Entry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = entries.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)))
  const direction = sort.startsWith('-') ? -1 : 1
  const by = sort.replace('-', '') as 'name' | 'size' | 'updated_at'
  return found.sort((one, other) => {
    if (one.is_dir !== other.is_dir) return one.is_dir ? -1 : 1
    return direction * compare(one, other, by) || names.compare(one.name, other.name)
  })
}

function compare(one: Entry, other: Entry, by: 'name' | 'size' | 'updated_at'): number {
  if (by === 'size') return one.size - other.size
  if (by === 'updated_at') return one.updated_at.localeCompare(other.updated_at)
  return names.compare(one.name, other.name)
}
