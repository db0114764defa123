import type { LogEntry } from '@/lib/log-stream'
import { createStore } from '@/lib/store'
import { type Filter, matches } from './entries'

export interface Book {
  /** In order of time. */
  entries: readonly LogEntry[]
  /** Whether older ones may be had. */
  hasOlder: boolean
  isPaused: boolean
  /** How many have come since the pause. */
  held: number
  /** Grows with each beginning anew, so that the view can go to the end. */
  beginning: number
}

/** Entries in memory; older ones can be loaded again. */
const MOST = 50_000
const FLUSH_MS = 100

/** The entries of a log that fit a filter, as they come. What comes in quick succession is shown together. */
export class LogBook {
  readonly store = createStore<Book>({ entries: [], hasOlder: true, isPaused: false, held: 0, beginning: 0 })
  private readonly filter: Filter
  private known = new Set<string>()
  private waiting: LogEntry[] = []
  private isReset = false
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(filter: Filter) {
    this.filter = filter
  }

  /** The newest entries from the server, before any that are live. */
  open(entries: readonly LogEntry[], hasOlder: boolean): void {
    this.known = new Set(entries.map((entry) => entry.cursor))
    this.store.set({ ...this.store.get(), entries, hasOlder })
  }

  prepend(older: readonly LogEntry[], hasOlder: boolean): void {
    const book = this.store.get()
    const there = new Set(book.entries.slice(0, older.length).map((entry) => entry.cursor))
    this.store.set({ ...book, entries: [...older.filter((entry) => !there.has(entry.cursor)), ...book.entries], hasOlder })
  }

  /** Live lines, those of them that fit and are not there yet. */
  append(lines: readonly LogEntry[]): void {
    for (const line of lines) {
      if (matches(line, this.filter) && !this.known.has(line.cursor)) this.waiting.push(line)
    }
    if (this.waiting.length > MOST) {
      this.waiting = this.waiting.slice(-MOST)
      this.isReset = true
    }
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  /** What comes next does not follow what is there. */
  reset(): void {
    this.waiting = []
    this.known.clear()
    this.isReset = true
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS)
  }

  pause(isPaused: boolean): void {
    this.store.set({ ...this.store.get(), isPaused })
    this.flush()
  }

  close(): void {
    clearTimeout(this.timer)
  }

  private flush(): void {
    clearTimeout(this.timer)
    this.timer = undefined
    const book = this.store.get()
    if (book.isPaused) {
      if (book.held !== this.waiting.length) this.store.set({ ...book, held: this.waiting.length })
      return
    }
    if (this.waiting.length === 0 && !this.isReset && book.held === 0) return
    const before = this.isReset ? [] : book.entries
    const all = [...before, ...this.waiting]
    this.store.set({
      ...book,
      entries: all.slice(-MOST),
      hasOlder: this.isReset || book.hasOlder || all.length > MOST,
      held: 0,
      beginning: book.beginning + Number(this.isReset),
    })
    this.waiting = []
    this.isReset = false
  }
}
