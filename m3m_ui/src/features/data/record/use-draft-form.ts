import { useEffect, useState } from 'react'
import { useForm } from 'react-hook-form'
import { dropDraft, keepDraft, readDraft } from '../lib/drafts'
import type { Field } from '../lib/types'
import { changedKeys, type FormValues } from '../lib/values'

interface Draft {
  values: FormValues
  /** Of the record that it was made from. */
  revision: number | undefined
}

/** A form whose unsaved values outlive it, until the tab is closed. `before` is what it begins with. */
export function useDraftForm(key: string, fields: readonly Field[], before: FormValues, revision: number | undefined) {
  const [draft, setDraft] = useState(() => readDraft<Draft>(key))
  const form = useForm<FormValues>({ defaultValues: { ...before, ...draft?.values } })
  useEffect(
    () =>
      form.subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          const changed = changedKeys(fields, values, before)
          if (changed.length > 0) keepDraft(key, { values: Object.fromEntries(changed.map((each) => [each, values[each]])), revision } satisfies Draft)
          else dropDraft(key)
        },
      }),
    [before, fields, form, key, revision],
  )
  const forget = () => {
    dropDraft(key)
    setDraft(undefined)
  }
  return { form, restored: draft, forget }
}
