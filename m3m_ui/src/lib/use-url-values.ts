import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

interface Options {
  /** Make a step in the browser's history. */
  push?: boolean
}

/**
 * Sets several values of the address at once; an empty one is taken out. Two setters of one value each, called in one
 * go, would both begin with the address as it was drawn, and the second would undo the first.
 */
export function useUrlValues(): (values: Readonly<Record<string, string>>, options?: Options) => void {
  const [, setParams] = useSearchParams()
  return useCallback(
    (values, { push = false } = {}) =>
      setParams(
        (now) => {
          const next = new URLSearchParams(now)
          for (const [name, value] of Object.entries(values)) {
            if (value === '') next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: !push, preventScrollReset: true },
      ),
    [setParams],
  )
}
