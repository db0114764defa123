import { useCallback, useEffect, useRef, useState } from 'react'
import { followLog } from '@/lib/log-stream'
import { useStore } from '@/lib/store'
import { toastError } from '@/lib/toast'
import { pageBefore } from './api'
import type { Filter } from './entries'
import { LogBook } from './log-book'

export type Phase = 'loading' | 'live' | 'lost' | 'failed'

const NOTHING: Filter = { level: '', search: '' }

/** The log through a filter. Mount it anew (with a key) for another filter or project. */
export function useLog(project: string, filter: Filter) {
  const [book] = useState(() => new LogBook(filter))
  const [given] = useState(filter)
  const [phase, setPhase] = useState<Phase>('loading')
  const [error, setError] = useState<unknown>()
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    const ending = new AbortController()
    const { signal } = ending
    const listener = {
      onOpen: (open: boolean) => setPhase(open ? 'live' : 'lost'),
      onReset: () => book.reset(),
      onLines: book.append.bind(book),
    }
    const follow = async () => {
      try {
        // what is live goes on behind the end of the whole log, which a filtered page does not tell
        const end = await pageBefore(project, NOTHING, '', signal, 1)
        const { entries, hasOlder } = await pageBefore(project, given, '', signal)
        book.open(entries, hasOlder)
        await followLog(project, listener, signal, end.entries[0]?.cursor)
      } catch (failure) {
        if (signal.aborted) return
        setError(failure)
        setPhase('failed')
      }
    }
    void follow()
    return () => {
      ending.abort()
      book.close()
    }
  }, [attempt, book, given, project])

  const retry = useCallback(() => {
    setPhase('loading')
    setAttempt((now) => now + 1)
  }, [])
  const older = useOlder(project, given, book)
  return { book: useStore(book.store), pause: (isPaused: boolean) => book.pause(isPaused), phase, error, retry, ...older }
}

/** Loads what is before the first entry, one page at a time. */
function useOlder(project: string, filter: Filter, book: LogBook) {
  const [isLoadingOlder, setLoading] = useState(false)
  const isAsking = useRef(false)
  const loadOlder = useCallback(async () => {
    const { entries, hasOlder, beginning } = book.store.get()
    if (isAsking.current || !hasOlder) return
    isAsking.current = true
    setLoading(true)
    try {
      const page = await pageBefore(project, filter, entries[0]?.cursor ?? '', new AbortController().signal)
      // another run may have begun meanwhile
      if (book.store.get().beginning === beginning) book.prepend(page.entries, page.hasOlder)
    } catch (error) {
      toastError(error)
    } finally {
      isAsking.current = false
      setLoading(false)
    }
  }, [book, filter, project])
  return { loadOlder, isLoadingOlder }
}
