import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

interface Options {
  /** Make a step in the browser's history; without it, the address is only replaced (typing in a search field). */
  push?: boolean
}

/** One value of the view, kept in the query of the address. The default is not written there. */
export function useUrlState(name: string, initial = ''): [string, (value: string, options?: Options) => void] {
  const [params, setParams] = useSearchParams()
  const set = useCallback(
    (value: string, options: Options = {}) => {
      setParams(
        (now) => {
          const next = new URLSearchParams(now)
          if (value === initial) next.delete(name)
          else next.set(name, value)
          // another search or filter begins on its first page
          if (name !== 'page') next.delete('page')
          return next
        },
        { replace: !options.push, preventScrollReset: true },
      )
    },
    [initial, name, setParams],
  )
  return [params.get(name) ?? initial, set]
}

/** A whole number of 1 or more in the address, such as the page of a list. */
export function useUrlNumber(name: string, initial = 1): [number, (value: number) => void] {
  const [text, set] = useUrlState(name, String(initial))
  const value = /^[1-9]\d{0,6}$/.test(text) ? Number(text) : initial
  return [value, useCallback((next: number) => set(String(next), { push: true }), [set])]
}
