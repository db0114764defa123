import { type components, isApiError, rawFetch } from './api'
import { reconnected } from './api/connection'

export type LogEntry = components['schemas']['LogEntryAnswer']

interface ServerEvent {
  name: string
  data: string
}

/** Splits what has come of a stream into its whole events and the rest. */
export function eventsIn(text: string): { events: ServerEvent[]; rest: string } {
  const parts = text.split(/\r?\n\r?\n/)
  const rest = parts.pop() ?? ''
  const events = parts.flatMap((part) => {
    const event: ServerEvent = { name: 'message', data: '' }
    for (const line of part.split(/\r?\n/)) {
      const [, key, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
      if (key === 'event') event.name = value
      else if (key === 'data') event.data += value
    }
    return event.data === '' ? [] : [event]
  })
  return { events, rest }
}

const RETRY_MS = 1_000
/** The server sends something every 10 s: a connection that is silent for longer is dead. */
const SILENCE_MS = 30_000

export interface LogListener {
  /** Lines come, or do not come for now. */
  onOpen: (open: boolean) => void
  /** What was told before is not followed by what comes: a new run, or too much was missed. */
  onReset: () => void
  onLines: (lines: LogEntry[]) => void
}

/** Tells the live log from behind `cursor` on, until the signal. After a break it goes on where it was. */
export async function followLog(project: string, listener: LogListener, signal: AbortSignal, cursor = ''): Promise<void> {
  let last = cursor
  while (!signal.aborted) {
    try {
      for await (const events of connection(project, last, signal, () => listener.onOpen(true))) last = tell(events, listener) ?? last
    } catch (error) {
      // the server is away or the session has ended: both are told elsewhere; a refusal is for good
      if (isApiError(error) && (error.status === 403 || error.status === 404)) return
    }
    if (signal.aborted) return
    listener.onOpen(false)
    await Promise.all([new Promise((resolve) => setTimeout(resolve, RETRY_MS)), reconnected()])
  }
}

/** The cursor of the last line, if there was one. */
function tell(events: readonly ServerEvent[], listener: LogListener): string | undefined {
  let lines: LogEntry[] = []
  for (const { name, data } of events) {
    if (name === 'line') lines.push(JSON.parse(data) as LogEntry)
    else if (name === 'run' || name === 'gap') {
      lines = []
      listener.onReset()
    }
  }
  if (lines.length > 0) listener.onLines(lines)
  return lines.at(-1)?.cursor
}

async function* connection(project: string, cursor: string, signal: AbortSignal, onOpen: () => void): AsyncGenerator<ServerEvent[]> {
  const silent = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const heard = () => {
    clearTimeout(timer)
    timer = setTimeout(() => silent.abort(), SILENCE_MS)
  }
  try {
    heard()
    const answer = await rawFetch(`/projects/${encodeURIComponent(project)}/logs/stream`, {
      headers: cursor === '' ? {} : { 'Last-Event-ID': cursor },
      signal: AbortSignal.any([signal, silent.signal]),
    })
    onOpen()
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      heard()
      const { events, rest } = eventsIn(text + part.value)
      text = rest
      yield events
    }
  } finally {
    clearTimeout(timer)
  }
}
