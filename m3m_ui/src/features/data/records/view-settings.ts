import { useCallback, useMemo, useState } from 'react'
import { useProjectSlug } from '@/lib/project'
import { type Model, TIMES } from '../lib/types'

const FIRST = 7

/** How this person likes the table of a model, kept in the browser. */
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
  const change = useCallback(
    (next: Partial<ViewSettings>) => {
      const changed = { ...read(key), ...next }
      localStorage.setItem(key, JSON.stringify(changed))
      setNow({ key, settings: changed })
    },
    [key],
  )
  const columns = useMemo(() => (settings.columns ?? usualColumns(model)).filter((each) => allColumns(model).includes(each)), [model, settings.columns])
  return { columns, widths: settings.widths, change, isChosen: settings.columns !== undefined }
}

export function allColumns(model: Model): string[] {
  return [...model.fields.map((field) => field.key), ...TIMES]
}

/** Those that the model names, else its first fields and the time of creation. */
export function usualColumns(model: Model): string[] {
  const named = model.table_config.columns ?? []
  return named.length > 0 ? named.filter((each) => each !== 'id') : [...model.fields.slice(0, FIRST).map((field) => field.key), 'created_at']
}
