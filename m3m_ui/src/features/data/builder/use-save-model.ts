import { useCallback, useState } from 'react'
import { isApiError } from '@/lib/api'
import { toastError } from '@/lib/toast'
import { type Report, useChangeModel, useCreateModel, useModelReport } from '../api'
import type { Model } from '../lib/types'
import { bodyOf, type Draft, NO_PROBLEMS, problemsOf } from './draft'

interface Ends {
  onSaved: (model: Model) => void
  /** Somebody has changed the model meanwhile. */
  onStale: () => void
}

/** Saves a model. When it has records that the change would touch, there is a report first, to be confirmed. */
export function useSaveModel({ onSaved, onStale }: Ends) {
  const create = useCreateModel()
  const change = useChangeModel()
  const ask = useModelReport()
  const [problems, setProblems] = useState(NO_PROBLEMS)
  const [report, setReport] = useState<Report>()

  const failed = (error: unknown, draft: Draft) => {
    setReport(undefined)
    if (isApiError(error, 409) && error.code === 'stale_revision') return onStale()
    const found = problemsOf(error, draft)
    setProblems(found)
    const isShown = Object.keys(found.model).length + Object.keys(found.fields).length > 0
    if (!isShown || !isApiError(error, 422)) toastError(error)
  }
  const write = async (known: Model, draft: Draft, force: boolean) => {
    onSaved(await change.mutateAsync({ model: known.id, body: { ...bodyOf(draft), revision: known.revision }, force }))
  }
  const check = async (known: Model, draft: Draft) => {
    const wanted = { model: known.id, body: { ...bodyOf(draft), revision: known.revision } }
    const found = await ask.mutateAsync(wanted)
    if (found.effects.length === 0) return write(known, draft, false)
    // what may be lost can make the change impossible: values that a field must have
    setReport(found.loses_data ? await ask.mutateAsync({ ...wanted, force: true }) : found)
  }
  const save = (known: Model | undefined, draft: Draft): Promise<void> => {
    setProblems(NO_PROBLEMS)
    const doing = known ? check(known, draft) : create.mutateAsync(bodyOf(draft)).then(onSaved)
    return doing.catch((error: unknown) => failed(error, draft))
  }
  const confirm = (known: Model | undefined, draft: Draft) => {
    if (known && report) write(known, draft, report.loses_data).catch((error: unknown) => failed(error, draft))
  }
  /** What is written anew is not wrong any more. */
  const clear = useCallback((uid: string) => {
    setProblems((now) => (uid in now.fields ? { ...now, fields: Object.fromEntries(Object.entries(now.fields).filter(([key]) => key !== uid)) } : now))
  }, [])
  return { save, confirm, clear, dismiss: () => setReport(undefined), report, problems, isBusy: create.isPending || change.isPending || ask.isPending }
}
