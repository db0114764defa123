/** What was written and not saved is kept while the tab is open, for its own user: two may use one tab in turn. */
export function draftKey(user: string, project: string, ...of: readonly string[]): string {
  return ['m3m.draft', user, project, ...of].join('.')
}

export function readDraft<T>(key: string): T | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key) ?? 'null') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

export function keepDraft(key: string, draft: unknown): void {
  try {
    sessionStorage.setItem(key, JSON.stringify(draft))
  } catch {
    // too large to be kept: the form has it still
  }
}

export function dropDraft(key: string): void {
  sessionStorage.removeItem(key)
}
