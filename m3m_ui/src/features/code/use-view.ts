import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { MAIN } from './files'

/** What is shown in the editor's page; all of it is in the address. */
export interface View {
  branch: string
  file: string
  panel: string
  dialog: string
}

const DEFAULTS: View = { branch: '', file: MAIN, panel: '', dialog: '' }

/** Several parts of the view change in one step: the address knows only the last of two. */
export function useView(): [View, (part: Partial<View>) => void] {
  const [params, setParams] = useSearchParams()
  const show = useCallback(
    (part: Partial<View>) => {
      setParams(
        (now) => {
          const next = new URLSearchParams(now)
          for (const [name, value] of Object.entries(part)) {
            if (value === DEFAULTS[name as keyof View]) next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: part.branch === undefined, preventScrollReset: true },
      )
    },
    [setParams],
  )
  const view = { ...DEFAULTS }
  for (const name of Object.keys(DEFAULTS) as (keyof View)[]) view[name] = params.get(name) ?? DEFAULTS[name]
  return [view, show]
}
