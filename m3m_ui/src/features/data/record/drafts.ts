import type { FormValues } from '../lib/values'

/** What was written and not saved, kept while the tab is open. */
interface Draft {
  values: FormValues
  /** Of the record that it was made from. */
  revision: number | undefined
}

export function draftKey(project: string, model: string, record: string | undefined): string {
  return `m3m.draft.${project}.${model}.${record ?? 'new'}`
}

export function readDraft(key: string): Draft | undefined {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Draft | null
    return found ?? undefined
  } catch {
    return undefined
  }
}

export function keepDraft(key: string, draft: Draft): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // too large to be kept: the form has it still
  }
}

export function dropDraft(key: string): void {
  sessionStorage.removeItem(key)
}
