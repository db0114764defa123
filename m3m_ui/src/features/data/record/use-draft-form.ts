import { useCallback, useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import { dropDraft, keepDraft, readDraft } from '../lib/drafts'
import { newId } from '../lib/ids'
import type { Field } from '../lib/types'
import { changedKeys, type FormValues } from '../lib/values'

interface Draft {
  values: FormValues
  /** Of the record that it was made from. */
  revision: number | undefined
  /** Of a new record that was sent: it may be there already. */
  id?: string
}

/** A form whose unsaved values outlive it, until the tab is closed. `before` is what it begins with. */
export function useDraftForm(key: string, fields: readonly Field[], before: FormValues, revision: number | undefined) {
  const [draft, setDraft] = useState(() => readDraft<Draft>(key))
  const [first] = useState(() => ({ id: draft?.id ?? newId(), isOut: draft?.id !== undefined }))
  const own = useRef(first)
  const form = useForm<FormValues>({ defaultValues: { ...before, ...draft?.values } })
  const keep = useCallback(
    (values: FormValues) => {
      const changed = changedKeys(fields, values, before)
      const { id, isOut } = own.current
      const written = { values: Object.fromEntries(changed.map((each) => [each, values[each]])), revision }
      if (changed.length > 0 || isOut) keepDraft(key, { ...written, ...(isOut ? { id } : {}) } satisfies Draft)
      else dropDraft(key)
    },
    [before, fields, key, revision],
  )
  useEffect(() => form.subscribe({ formState: { values: true }, callback: ({ values }) => keep(values) }), [form, keep])
  /** A new record goes out under an id that is the form's own: sent again, it is not made twice. Until it is `refused`, it may be there. */
  const claim = () => {
    own.current = { ...own.current, isOut: true }
    keep(form.getValues())
    return own.current.id
  }
  const refused = () => {
    own.current = { ...own.current, isOut: false }
    keep(form.getValues())
  }
  const forget = () => {
    own.current = { id: newId(), isOut: false }
    dropDraft(key)
    setDraft(undefined)
  }
  return { form, restored: draft, forget, claim, refused }
}
