import { useEffect, useState } from 'react'
import { usageOf, useStatus } from '@/lib/project'

const KEPT = 60

interface History {
  run: string | null
  cpu: readonly number[]
  memory: readonly number[]
}

const NOTHING: History = { run: null, cpu: [], memory: [] }

/** CPU and memory of what runs now, and how they were while this page has been open. */
export function useUsage() {
  const { data, dataUpdatedAt } = useStatus()
  const [history, setHistory] = useState(NOTHING)
  useEffect(() => {
    const now = usageOf(data)
    const run = data?.run_id ?? null
    // eslint-disable-next-line react-hooks/set-state-in-effect -- each answer adds one value to what is kept
    setHistory((before) => {
      if (!now) return NOTHING
      const same = before.run === run ? before : NOTHING
      return { run, cpu: [...same.cpu, now.cpu].slice(-KEPT), memory: [...same.memory, now.memory].slice(-KEPT) }
    })
  }, [data, dataUpdatedAt])
  return { now: usageOf(data), cpu: history.cpu, memory: history.memory }
}
