import { rawFetch } from '@/lib/api'

export interface LogLine {
  cursor: string
  time: string
  level: 'debug' | 'info' | 'warn' | 'error'
  message: string
}

export interface ServerEvent {
  name: string
  id: string
  data: string
}

/** Splits what has come of a stream into its events and the rest. */
export function eventsIn(text: string): { events: ServerEvent[]; rest: string } {
  const parts = text.split(/\r?\n\r?\n/)
  const rest = parts.pop() ?? ''
  const events = parts.flatMap((part) => {
    const event: ServerEvent = { name: 'message', id: '', data: '' }
    for (const line of part.split(/\r?\n/)) {
      const [, key, value = ''] = /^(\w+): ?(.*)$/.exec(line) ?? []
      if (key === 'event') event.name = value
      else if (key === 'id') event.id = value
      else if (key === 'data') event.data += value
    }
    return event.data === '' ? [] : [event]
  })
  return { events, rest }
}

const RETRY_MS = 1500

interface Listener {
  /** A new run has begun: the lines before are of another. */
  onRun: () => void
  onLines: (lines: LogLine[]) => void
  onOpen: (open: boolean) => void
}

/** The live log until the signal: after a break it goes on where it was. */
export async function followLog(project: string, listener: Listener, signal: AbortSignal): Promise<void> {
  let cursor = ''
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = cursor === '' ? {} : { 'Last-Event-ID': cursor }
      const answer = await rawFetch(`/projects/${encodeURIComponent(project)}/logs/stream`, { headers, signal })
      listener.onOpen(true)
      for await (const events of eventsOf(answer)) {
        const lines = told(events, listener)
        cursor = lines.at(-1)?.cursor ?? cursor
        if (lines.length > 0) listener.onLines(lines)
      }
    } catch {
      // the server is away or the session has ended: both are told elsewhere
    }
    listener.onOpen(false)
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
  }
}

function told(events: ServerEvent[], listener: Listener): LogLine[] {
  let lines: LogLine[] = []
  for (const event of events) {
    if (event.name === 'line') lines.push(JSON.parse(event.data) as LogLine)
    else if (event.name === 'run' || event.name === 'gap') {
      lines = []
      listener.onRun()
    }
  }
  return lines
}

async function* eventsOf(answer: Response): AsyncGenerator<ServerEvent[]> {
  if (!answer.body) return
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const { events, rest } = eventsIn(text + value)
    text = rest
    yield events
  }
}
