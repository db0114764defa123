import { useState } from 'react'
import { isApiError } from '@/lib/api'
import { toastError } from '@/lib/toast'
import { useSave, useStart } from './api'
import { errorOfDetails, type RunError } from './problems'
import type { Workspace } from './workspace'

export const STALE = 'stale_revision'

/** Saving and running what is written. */
export function useRun(workspace: Workspace, branch: string) {
  const saving = useSave()
  const starting = useStart()
  const [refused, setRefused] = useState<RunError>()
  const [conflict, setConflict] = useState(false)

  /** Whether all that is written is on the server now. */
  const save = async (): Promise<boolean> => {
    const { files, revision, isDirty } = workspace.store.get()
    if (!isDirty) return true
    try {
      workspace.saved(await saving.mutateAsync({ branch, files, revision }), files)
      return true
    } catch (error) {
      if (isApiError(error, 409) && error.code === STALE) setConflict(true)
      else toastError(error)
      return false
    }
  }

  /** The error of a service that did not start; undefined when it runs, or could not be asked to. */
  const run = async (): Promise<RunError | undefined> => {
    if (!(await save())) return undefined
    setRefused(undefined)
    try {
      await starting.mutateAsync({ branch })
    } catch (error) {
      if (!isApiError(error) || error.code !== 'start_failed') {
        toastError(error)
        return undefined
      }
      const failed = errorOfDetails(error.details, error.message)
      setRefused(failed)
      return failed
    }
    return undefined
  }

  return { save, run, isSaving: saving.isPending, isStarting: starting.isPending, refused, conflict, setConflict }
}
