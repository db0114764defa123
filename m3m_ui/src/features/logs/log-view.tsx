import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, LoaderCircle } from 'lucide-react'
import { type ReactNode, type UIEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/simple'
import { formatNumber } from '@/lib/format'
import type { Book } from './log-book'
import { LogRow } from './log-row'

const ROW = 22
const TOP = 28
/** So near to an edge counts as being there, in pixels. */
const NEAR_END = 24
const NEAR_START = 800
const FRAME = 'relative min-h-80 flex-1 overflow-hidden rounded-lg border border-line bg-surface shadow-card'
const PLACES = ['w-1/4', 'w-2/5', 'w-1/3', 'w-3/5', 'w-1/2']

interface LogViewProps {
  book: Book
  search: string
  wrap: boolean
  isLoadingOlder: boolean
  loadOlder: () => Promise<void>
  /** In place of lines when there are none. */
  empty: ReactNode
}

/** The lines, of which only those in sight are drawn. Who is at the end stays there; who reads above is not moved. */
export function LogView({ book, search, wrap, isLoadingOlder, loadOlder, empty }: LogViewProps) {
  const { t } = useTranslation('logs')
  const frame = useRef<HTMLDivElement>(null)
  const { entries, hasOlder, beginning } = book
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set())
  // the last line that was there when the reader left the end
  const [left, setLeft] = useState<string>()
  const virtual = useVirtualizer({
    count: entries.length,
    getScrollElement: () => frame.current,
    estimateSize: () => ROW,
    getItemKey: useCallback((index: number) => entries[index]?.cursor ?? index, [entries]),
    overscan: 20,
    paddingStart: TOP,
  })
  const toEnd = useCallback(() => {
    setLeft(undefined)
    if (frame.current) frame.current.scrollTop = frame.current.scrollHeight
  }, [])
  useEffect(toEnd, [beginning, toEnd])
  const total = virtual.getTotalSize()
  // Who is at the end stays there. Older lines come in above what is read, which stays where it is: rows that were not
  // seen yet have the usual height. The list may be drawn in its new height a turn later than its entries are known.
  const first = useRef<string>(undefined)
  const owed = useRef(0)
  useLayoutEffect(() => {
    const above = entries.findIndex((entry) => entry.cursor === first.current)
    first.current = entries[0]?.cursor
    if (above > 0) owed.current += above * ROW
    const list = frame.current
    if (!list) return
    if (left === undefined) {
      owed.current = 0
      list.scrollTop = list.scrollHeight
    } else if (owed.current > 0 && list.scrollHeight >= list.scrollTop + owed.current + list.clientHeight) {
      list.scrollTop += owed.current
      owed.current = 0
    }
  })
  const lastTop = useRef(0)
  const isShort = total < (virtual.scrollRect?.height ?? 0)
  useEffect(() => {
    if (isShort && hasOlder) void loadOlder()
  }, [beginning, entries.length, hasOlder, isShort, loadOlder])
  const scrolled = ({ currentTarget: { scrollHeight, scrollTop, clientHeight } }: UIEvent<HTMLDivElement>) => {
    const isAtEnd = scrollHeight - scrollTop - clientHeight <= NEAR_END
    // new lines move the end away from who is there, too: only a way up is the reader's
    const isUp = scrollTop < lastTop.current
    lastTop.current = scrollTop
    setLeft((before) => (isAtEnd ? undefined : (before ?? (isUp ? entries.at(-1)?.cursor : undefined))))
    if (scrollTop < NEAR_START && hasOlder) void loadOlder()
  }
  const toggle = useCallback((cursor: string) => setOpen((before) => toggled(before, cursor)), [])
  const fresh = left === undefined ? 0 : entries.length - 1 - entries.findLastIndex((entry) => entry.cursor === left)
  return (
    <div className={FRAME}>
      <div ref={frame} role="log" aria-live="off" aria-label={t('title')} tabIndex={0} onScroll={scrolled} className="absolute inset-0 overflow-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]">
        {entries.length === 0 ? (
          empty
        ) : (
          <div className="relative w-full" style={{ height: total }}>
            <p className="sticky left-0 flex h-7 w-fit items-center gap-1.5 px-3 text-xs text-faint">
              {isLoadingOlder && <LoaderCircle className="size-3 animate-spin" aria-hidden />}
              {hasOlder ? t('older') : t('beginning')}
            </p>
            {virtual.getVirtualItems().map(({ index, key, start }) => {
              const entry = entries[index]
              return (
                entry && (
                  <div key={key} ref={virtual.measureElement} data-index={index} className={`absolute top-0 left-0 min-w-full ${wrap ? 'w-full' : ''}`} style={{ transform: `translateY(${start}px)` }}>
                    <LogRow entry={entry} search={search} wrap={wrap} isOpen={open.has(entry.cursor)} onToggle={toggle} />
                  </div>
                )
              )
            })}
          </div>
        )}
      </div>
      {left !== undefined && entries.length > 0 && (
        <Button className="absolute right-5 bottom-4 rounded-full shadow-raised" size="sm" onClick={toEnd}>
          <ArrowDown aria-hidden />
          {fresh > 0 ? t('newest', { count: fresh, shown: formatNumber(fresh) }) : t('toNewest')}
        </Button>
      )}
    </div>
  )
}

function toggled(before: ReadonlySet<string>, cursor: string): ReadonlySet<string> {
  const after = new Set(before)
  if (!after.delete(cursor)) after.add(cursor)
  return after
}

/** The place of lines that are being loaded. */
export function LogPlace() {
  return (
    <div aria-hidden className={FRAME}>
      <div className="flex flex-col gap-2.5 px-3 py-2.5">
        {PLACES.map((width) => (
          <div key={width} className="flex gap-2">
            <Skeleton className="h-3 w-20" />
            <Skeleton className="h-3 w-10" />
            <Skeleton className={`h-3 ${width}`} />
          </div>
        ))}
      </div>
    </div>
  )
}
