import { useRef, useState } from 'react'
import { useProject, useProjectSlug } from '@/lib/project'
import { type Call, EMPTY, METHODS, type Reply, send } from '../request'

const KEY = 'm3m.code.call'

function stored(key: string): Call {
  try {
    const found = { ...EMPTY, ...(JSON.parse(sessionStorage.getItem(key) ?? '{}') as Partial<Call>) }
    return METHODS.includes(found.method) && Array.isArray(found.query) && Array.isArray(found.headers) ? found : EMPTY
  } catch {
    return EMPTY
  }
}

type Outcome = { reply: Reply } | { fault: 'path' | 'failed' }

/** A call to the service and its answer. What was asked is kept while the tab is open. */
export function useCall() {
  const project = useProjectSlug()
  const slug = useProject().data?.slug ?? project
  const key = `${KEY}/${project}`
  const [call, setCall] = useState(() => stored(key))
  const [outcome, setOutcome] = useState<Outcome>()
  const [isBusy, setBusy] = useState(false)
  const running = useRef<AbortController>(undefined)
  const change = (part: Partial<Call>) => {
    const next = { ...call, ...part }
    setCall(next)
    try {
      sessionStorage.setItem(key, JSON.stringify(next))
    } catch {
      // it is a convenience
    }
  }
  const start = async () => {
    running.current?.abort()
    const now = new AbortController()
    running.current = now
    setBusy(true)
    try {
      setOutcome({ reply: await send(slug, call, now.signal) })
    } catch (error) {
      if (!now.signal.aborted) setOutcome({ fault: error instanceof RangeError ? 'path' : 'failed' })
    }
    if (running.current === now) setBusy(false)
  }
  const cancel = () => {
    running.current?.abort()
    setBusy(false)
  }
  return { slug, call, change, outcome, isBusy, start, cancel }
}
