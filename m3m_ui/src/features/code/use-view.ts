import { useCallback, useEffect, useRef } from 'react'
import { useLocation, useNavigation, useSearchParams } from 'react-router'
import { MAIN } from './files'

/** What is shown in the editor's page; all of it is in the address. `line` and `column` are gone as soon as they are reached. */
export interface View {
  branch: string
  file: string
  panel: string
  dialog: string
  /** The release that the dialog `reset` shows. */
  release: string
  line: string
  column: string
}

/** Shows another part; answers whether the page is still there to show it. */
export type Show = (part: Partial<View>, options?: { replace?: boolean }) => boolean

const DEFAULTS: View = { branch: '', file: MAIN, panel: '', dialog: '', release: '', line: '', column: '' }

/** Several parts of the view change in one step: the address knows only the last of two. */
export function useView(): [View, Show] {
  const [params, setParams] = useSearchParams()
  const here = useLocation().pathname
  const next = useNavigation().location?.pathname ?? here
  // what has waited for the server must not bring a page back that is being left
  const latest = useRef<typeof setParams>(undefined)
  useEffect(() => {
    latest.current = next === here ? setParams : undefined
    return () => {
      latest.current = undefined
    }
  }, [here, next, setParams])
  const show = useCallback<Show>((part, { replace = part.branch === undefined } = {}) => {
    latest.current?.(
      () => {
        // as the address is now: what React has rendered last may be older
        const params = new URLSearchParams(location.search)
        for (const [name, value] of Object.entries(part)) {
          if (value === DEFAULTS[name as keyof View]) params.delete(name)
          else params.set(name, value)
        }
        return params
      },
      { replace, preventScrollReset: true },
    )
    return latest.current !== undefined
  }, [])
  const view = { ...DEFAULTS }
  for (const name of Object.keys(DEFAULTS) as (keyof View)[]) view[name] = params.get(name) ?? DEFAULTS[name]
  return [view, show]
}
