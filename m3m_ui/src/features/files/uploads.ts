import { createStore } from '@/lib/store'
import { send, UploadFailed } from './upload-request'

export interface Upload {
  id: number
  project: string
  folder: string
  file: File
  state: 'waiting' | 'sending' | 'done' | 'failed'
  /** Bytes that are on their way or there. */
  sent: number
  /** What the server said; empty: it did not answer. */
  error: string
}

const AT_ONCE = 2

/** All uploads of this page of the browser: they go on while other pages of the admin are shown. */
export const uploads = createStore<readonly Upload[]>([])

const running = new Map<number, AbortController>()
let last = 0
let arrived: (project: string) => void = () => undefined

/** Says who wants to know of a file that has arrived. */
export function onArrival(listener: (project: string) => void): void {
  arrived = listener
}

export function upload(project: string, files: readonly { file: File; folder: string }[]): void {
  const added = files.map(({ file, folder }): Upload => ({ id: ++last, project, folder, file, state: 'waiting', sent: 0, error: '' }))
  uploads.set([...uploads.get(), ...added])
  startNext()
}

export function retry(id: number): void {
  change(id, { state: 'waiting', sent: 0, error: '' })
  startNext()
}

/** Stops it, or takes it off the list. Nothing of a file that was cut off stays on the server. */
export function cancel(id: number): void {
  running.get(id)?.abort()
  uploads.set(uploads.get().filter((each) => each.id !== id))
}

export function clearDone(project: string): void {
  uploads.set(uploads.get().filter((each) => each.project !== project || each.state !== 'done'))
}

export function cancelAll(project: string): void {
  for (const each of uploads.get()) if (each.project === project) cancel(each.id)
}

export function isBusy(each: Upload): boolean {
  return each.state === 'waiting' || each.state === 'sending'
}

function change(id: number, values: Partial<Upload>): void {
  uploads.set(uploads.get().map((each) => (each.id === id ? { ...each, ...values } : each)))
}

function startNext(): void {
  const next = uploads.get().find((each) => each.state === 'waiting')
  if (!next || running.size >= AT_ONCE) return
  void run(next)
  startNext()
}

async function run(each: Upload): Promise<void> {
  const stop = new AbortController()
  running.set(each.id, stop)
  change(each.id, { state: 'sending' })
  try {
    await send(each.project, each.folder, each.file, stop.signal, (sent) => change(each.id, { sent }))
    change(each.id, { state: 'done', sent: each.file.size })
    arrived(each.project)
  } catch (error) {
    change(each.id, { state: 'failed', error: error instanceof UploadFailed ? error.message : '' })
  } finally {
    running.delete(each.id)
    startNext()
  }
}

/** Whoever closes the page is asked first while something is on its way. */
window.addEventListener('beforeunload', (event) => {
  if (uploads.get().some(isBusy)) event.preventDefault()
})
