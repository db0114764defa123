import type { UseMutationResult } from '@tanstack/react-query'
import { type SyntheticEvent, useRef } from 'react'

/**
 * The sending of a form, one at a time: what is pressed again before the answer is not heard. A mutation's `isPending`
 * comes too late for that, when the form is drawn again. `send` ends with the answer and throws nothing.
 */
export function useSubmit(send: () => Promise<unknown>): (event?: SyntheticEvent) => void {
  const sending = useRef(false)
  return (event) => {
    event?.preventDefault()
    event?.stopPropagation() // a dialog is drawn elsewhere, but its events pass through the form that it belongs to
    if (sending.current) return
    sending.current = true
    void send().finally(() => {
      sending.current = false
    })
  }
}

/** Like `mutateAsync`, but without an answer for a form that is closed: it must not close what has been opened since. */
export function answerOf<T, V>({ mutate }: Pick<UseMutationResult<T, Error, V>, 'mutate'>, value: V): Promise<T> {
  return new Promise((resolve, reject) => mutate(value, { onSuccess: resolve, onError: reject }))
}
