import { useState } from 'react'

/**
 * The text of a field whose value is kept elsewhere and comes back late: the address follows typing only after a while, and
 * a field that waited for it would lose keys and the place of the caret. The field shows its own text and writes it
 * outwards; a value from outside is taken when it is not one that the field has sent itself.
 */
export function useOwnText(value: string, onChange: (value: string) => void, isValue: (text: string) => boolean = () => true) {
  const [text, setText] = useState(value)
  const [seen, setSeen] = useState(value)
  /** What is still on its way, in order; steps between may be left out. */
  const [sent, setSent] = useState<readonly string[]>([])
  if (value !== seen) {
    const at = sent.indexOf(value)
    setSeen(value)
    setSent(at < 0 ? [] : sent.slice(at + 1))
    if (at < 0) setText(value)
  }
  return {
    text,
    write: (next: string) => {
      setText(next)
      if (!isValue(next)) return
      setSent((now) => [...now, next])
      onChange(next)
    },
    /** The field is left: what is no value is gone, and nothing is expected to come back. */
    leave: () => {
      setSent([])
      if (!isValue(text)) setText(value)
    },
  }
}
