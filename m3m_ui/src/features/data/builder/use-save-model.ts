import { useCallback, useState } from 'react'
import { isApiError } from '@/lib/api'
import { toastError } from '@/lib/toast'
import { type Report, useChangeModel, useCreateModel, useModelReport } from '../api'
import type { Model } from '../lib/types'
import { bodyOf, type Draft, NO_PROBLEMS, problemsOf } from './draft'

/** Saves a model. When it has records that the change would touch, there is a report first, to be confirmed. */
export function useSaveModel(model: Model | undefined, draft: Draft, onSaved: (model: Model) => void) {
  const create = useCreateModel()
  const change = useChangeModel()
  const ask = useModelReport()
  const [problems, setProblems] = useState(NO_PROBLEMS)
  const [report, setReport] = useState<Report>()

  const failed = (error: Error) => {
    const found = problemsOf(error, draft)
    setProblems(found)
    setReport(undefined)
    const isShown = Object.keys(found.model).length + Object.keys(found.fields).length > 0
    if (!isShown || !isApiError(error, 422)) toastError(error)
  }
  const write = async (known: Model, force: boolean) => {
    onSaved(await change.mutateAsync({ model: known.id, body: { ...bodyOf(draft), revision: known.revision }, force }))
  }
  const check = async (known: Model) => {
    const wanted = { model: known.id, body: { ...bodyOf(draft), revision: known.revision } }
    const found = await ask.mutateAsync(wanted)
    if (found.effects.length === 0) return write(known, false)
    // what may be lost can make the change impossible: values that a field must have
    setReport(found.loses_data ? await ask.mutateAsync({ ...wanted, force: true }) : found)
  }
  const save = () => {
    setProblems(NO_PROBLEMS)
    const doing = model ? check(model) : create.mutateAsync(bodyOf(draft)).then(onSaved)
    doing.catch(failed)
  }
  const confirm = () => {
    if (model && report) write(model, report.loses_data).catch(failed)
  }
  /** What is written anew is not wrong any more. */
  const clear = useCallback((uid: string) => {
    setProblems((now) => (uid in now.fields ? { ...now, fields: Object.fromEntries(Object.entries(now.fields).filter(([key]) => key !== uid)) } : now))
  }, [])
  return { save, confirm, clear, dismiss: () => setReport(undefined), report, problems, isBusy: create.isPending || change.isPending || ask.isPending }
}
