import type { Files } from './files'

/** What somebody has written and not saved, with what it was made from. */
export interface Draft {
  revision: number
  base: Files
  files: Files
}

const PREFIX = 'm3m.code'

/**
 * One for each user, project (by its id) and branch; a branch that is made again under its name has another. In this tab
 * only, so that two tabs have two drafts.
 */
export function draftKey(user: string, project: string, branch: { name: string; created_at: string }): string {
  return [PREFIX, user, project, branch.name, branch.created_at].join('/')
}

export function storedDraft(key: string): Draft | undefined {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? 'null') as Draft | null
    return found && typeof found.revision === 'number' && isFiles(found.base) && isFiles(found.files) ? found : undefined
  } catch {
    return undefined
  }
}

/** Whether it is kept: the browser's store may be full or switched off. */
export function storeDraft(key: string, draft: Draft | undefined): boolean {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft))
    else sessionStorage.removeItem(key)
    return true
  } catch {
    return false
  }
}

function isFiles(value: unknown): value is Files {
  return typeof value === 'object' && value !== null && Object.values(value).every((code) => typeof code === 'string')
}
