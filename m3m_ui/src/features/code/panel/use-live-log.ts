import { useEffect, useState } from 'react'
import { followLog, type LogEntry } from '@/lib/log-stream'
import { useProjectSlug } from '@/lib/project'

const KEPT = 1000

/** The last lines of the run, and those that come. Many at once are shown with the next picture of the screen. */
export function useLiveLog() {
  const project = useProjectSlug()
  const [lines, setLines] = useState<readonly LogEntry[]>([])
  const [isOpen, setOpen] = useState(false)
  useEffect(() => {
    const stop = new AbortController()
    let waiting: LogEntry[] = []
    let isFresh = false
    let frame = 0
    const show = () => {
      const [news, fresh] = [waiting, isFresh]
      waiting = []
      isFresh = false
      frame = 0
      setLines((before) => [...(fresh ? [] : before), ...news].slice(-KEPT))
    }
    const soon = () => {
      frame ||= requestAnimationFrame(show)
    }
    const listener = {
      onOpen: setOpen,
      onReset: () => {
        waiting = []
        isFresh = true
        soon()
      },
      onLines: (news: LogEntry[]) => {
        waiting = [...waiting, ...news].slice(-KEPT)
        soon()
      },
    }
    void followLog(project, listener, stop.signal)
    return () => {
      stop.abort()
      cancelAnimationFrame(frame)
    }
  }, [project])
  return { lines, isOpen, clear: () => setLines([]) }
}
