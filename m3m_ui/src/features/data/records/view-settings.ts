import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { useProjectSlug } from '@/lib/project'
import { useUrlValues } from '@/lib/use-url-values'
import { type Model, TIMES } from '../lib/types'

/** So many fields are shown when nothing is said. */
export const FIRST = 7

/** How this person likes the table of a model, kept in the browser. The columns are in the address too, for whoever is sent it. */
interface ViewSettings {
  /** undefined: as the model says. */
  columns?: string[]
  widths: Record<string, number>
}

function read(key: string): ViewSettings {
  try {
    const found = JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<ViewSettings>
    return { ...(Array.isArray(found.columns) ? { columns: found.columns } : {}), widths: { ...found.widths } }
  } catch {
    return { widths: {} }
  }
}

export function useViewSettings(model: Model) {
  const key = `m3m.data.${useProjectSlug()}.${model.slug}`
  const [now, setNow] = useState({ key, settings: read(key) })
  const settings = now.key === key ? now.settings : read(key)
  const put = useUrlValues()
  const asked = useSearchParams()[0].get('columns')
  const change = useCallback(
    (next: Partial<ViewSettings>) => {
      const changed = { ...read(key), ...next }
      localStorage.setItem(key, JSON.stringify(changed))
      setNow({ key, settings: changed })
      if ('columns' in next) put({ columns: next.columns?.join(',') ?? '' })
    },
    [key, put],
  )
  const own = settings.columns?.join(',') ?? ''
  useEffect(() => {
    if (asked === null && own !== '') put({ columns: own })
  }, [asked, own, put])
  const columns = useMemo(() => (asked?.split(',') ?? settings.columns ?? usualColumns(model)).filter((each) => allColumns(model).includes(each)), [asked, model, settings.columns])
  return { columns, widths: settings.widths, change }
}

export function allColumns(model: Model): string[] {
  return [...model.fields.map((field) => field.key), ...TIMES]
}

/** Those that the model names, else its first fields and the time of creation. */
export function usualColumns(model: Model): string[] {
  const named = model.table_config.columns ?? []
  return named.length > 0 ? named.filter((each) => each !== 'id') : [...model.fields.slice(0, FIRST).map((field) => field.key), 'created_at']
}
