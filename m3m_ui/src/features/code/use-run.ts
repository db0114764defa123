import { useState } from 'react'
import { isApiError } from '@/lib/api'
import { isStartFailure, useRuns } from '@/lib/runs'
import { toastError } from '@/lib/toast'
import { useNewest, useSave } from './api'
import { errorOfDetails, type RunError } from './problems'
import type { Workspace } from './workspace'

export const STALE = 'stale_revision'

/** Saving and running what is written. */
export function useRun(workspace: Workspace, branch: string) {
  const saving = useSave()
  const newest = useNewest(branch)
  const { start, busy } = useRuns((error) => {
    if (!isStartFailure(error)) toastError(error)
  })
  const [refused, setRefused] = useState<RunError>()
  const [conflict, setConflict] = useState(false)

  const attempt = async (): Promise<boolean> => {
    const { files, revision, isDirty } = workspace.store.get()
    if (!isDirty) return true
    workspace.sends(files)
    try {
      workspace.saved(await saving.mutateAsync({ branch, files, revision }), files)
      return true
    } catch (error) {
      if (!isApiError(error, 409) || error.code !== STALE) toastError(error)
      else if (await newest().then((found) => workspace.adopt(found), () => false)) return attempt()
      else setConflict(true)
      return false
    }
  }

  /** Whether all that is written is on the server now. */
  const save = () => workspace.saveAlone(attempt)

  /** Whether it runs now, or the error that has kept it from starting; undefined when it could not be asked to. */
  const run = async (): Promise<'runs' | RunError | undefined> => {
    if (busy || !(await save())) return undefined
    setRefused(undefined)
    try {
      await start.mutateAsync({ branch })
      return 'runs'
    } catch (error) {
      if (!isStartFailure(error)) return undefined
      const failed = errorOfDetails(error.details, error.message)
      setRefused(failed)
      return failed
    }
  }

  return { save, run, isSaving: saving.isPending, isStarting: start.isPending, refused, conflict, setConflict }
}
