import { useEffect, useMemo, useState } from 'react'
import { createStore, type Store, useStore } from '@/lib/store'
import type { Branch } from './api'
import { type Draft, draftKey, storedDraft, storeDraft } from './drafts'
import { type Files, filesOf, isSame } from './files'

/** `restored`: it began with a draft that was left before. */
export interface Work extends Draft {
  isDirty: boolean
  restored: boolean
}

const KEEP_MS = 400

/** The code of a branch while it is being written. */
export class Workspace {
  readonly store: Store<Work>
  readonly key: string
  private timer: ReturnType<typeof setTimeout> | undefined
  private saving: Promise<boolean> | undefined
  /** What saves have sent since the last one that was answered: any of it may be on the server. */
  private sent: Files[] = []

  constructor(key: string, branch: Branch) {
    this.key = key
    const draft = storedDraft(key)
    const base = filesOf(branch)
    const left = draft && !isSame(draft.files, base) ? draft : undefined
    this.store = createStore<Work>(
      left ? { ...left, isDirty: true, restored: true } : { revision: branch.revision, base, files: base, isDirty: false, restored: false },
    )
    if (draft && !left) storeDraft(key, undefined)
  }

  write(name: string, code: string): void {
    const now = this.store.get()
    if (now.files[name] !== undefined && now.files[name] !== code) this.change({ ...now.files, [name]: code })
  }

  /** The files as they shall be: written, added, renamed or deleted. */
  change(files: Files): void {
    const now = this.store.get()
    this.store.set({ ...now, files, isDirty: !isSame(now.base, files) })
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.keep(), KEEP_MS)
  }

  /**
   * Saves, after a save that is on its way: beside it, a second one would be refused for the revision that the first has
   * just replaced. When that one fails, so has this. `save` says whether all is on the server.
   */
  async saveAlone(save: () => Promise<boolean>): Promise<boolean> {
    while (this.saving) if (!(await this.saving)) return false
    this.saving = save()
    try {
      return await this.saving
    } finally {
      this.saving = undefined
    }
  }

  /** Before a save: the files that it sends. */
  sends(files: Files): void {
    this.sent.push(files)
  }

  /** A newer revision takes nothing away: nothing is unsaved, or it is one's own save whose answer was lost. False if not. */
  adopt(branch: Branch): boolean {
    const { isDirty, revision } = this.store.get()
    // an answer that was asked for before the last save may come after it: only a newer revision is news
    if (branch.revision <= revision) return true
    const saved = filesOf(branch)
    const own = this.sent.find((files) => isSame(files, saved))
    if (isDirty && !own) return false
    this.saved(branch, isDirty ? own : undefined)
    return true
  }

  /** The server has this code now. What was written since it was `sent` stays. */
  saved(branch: Branch, sent?: Files): void {
    const base = filesOf(branch)
    const { files: now } = this.store.get()
    const files = sent === undefined || now === sent ? base : now
    this.store.set({ revision: branch.revision, base, files, isDirty: !isSame(base, files), restored: false })
    this.sent = []
    this.keep()
  }

  discard(): void {
    const now = this.store.get()
    this.store.set({ ...now, files: now.base, isDirty: false, restored: false })
    this.keep()
  }

  keep(): void {
    clearTimeout(this.timer)
    const { revision, base, files, isDirty } = this.store.get()
    storeDraft(this.key, isDirty ? { revision, base, files } : undefined)
  }
}

/** Keeps its place over pages of the admin; the draft outlives a reload too. */
const open = new Map<string, Workspace>()

/** The branch is deleted: nothing of it is kept, also when its editor is still shown and keeps its draft at its end. */
export function forgetWorkspace(workspace: Workspace): void {
  workspace.discard()
  open.delete(workspace.key)
}

/** For a component with a key of its own for each branch. */
export function useWorkspace(user: string, project: string, branch: Branch) {
  const [workspace] = useState(() => {
    const key = draftKey(user, project, branch)
    const known = open.get(key) ?? new Workspace(key, branch)
    open.set(key, known)
    return known
  })
  const work = useStore(workspace.store)
  useEffect(() => {
    workspace.adopt(branch)
  }, [branch, workspace])
  useLeaveWarning(workspace, work.isDirty)
  return useMemo(() => ({ workspace, work, isStale: work.isDirty && branch.revision > work.revision }), [branch.revision, work, workspace])
}

function useLeaveWarning(workspace: Workspace, isDirty: boolean): void {
  useEffect(() => {
    const keep = () => workspace.keep()
    const warn = (event: BeforeUnloadEvent) => {
      keep()
      event.preventDefault()
    }
    window.addEventListener('pagehide', keep)
    if (isDirty) window.addEventListener('beforeunload', warn)
    return () => {
      keep()
      window.removeEventListener('pagehide', keep)
      window.removeEventListener('beforeunload', warn)
    }
  }, [workspace, isDirty])
}
