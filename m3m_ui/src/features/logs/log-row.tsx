import { Check, ChevronRight, Copy } from 'lucide-react'
import { memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '@/lib/clipboard'
import { cn } from '@/lib/cn'
import type { LogEntry } from '@/lib/log-stream'
import { formatDateTime } from '@/lib/format'
import { headOf, pieces, textOf } from './entries'

const LOOK: Record<LogEntry['level'], { row: string; level: string }> = {
  debug: { row: 'text-muted', level: 'text-faint' },
  info: { row: '', level: 'text-info-text' },
  warn: { row: 'bg-warning-soft/60', level: 'text-warning-text font-semibold' },
  error: { row: 'bg-danger-soft/70', level: 'text-danger-text font-semibold' },
}

interface LogRowProps {
  entry: LogEntry
  search: string
  wrap: boolean
  isOpen: boolean
  onToggle: (cursor: string) => void
}

/** One entry: its time, its level, its first line, and the others when it is opened. */
export const LogRow = memo(function LogRow({ entry, search, wrap, isOpen, onToggle }: LogRowProps) {
  const { t } = useTranslation('logs')
  const { head, more, isCut } = headOf(entry.message)
  const look = LOOK[entry.level]
  const canOpen = more > 0 || isCut
  const text = isOpen ? entry.message.trimEnd() : head
  return (
    <div className={cn('group flex min-h-[22px] items-start gap-2 border-b border-line/50 pr-1 pl-3 font-mono text-xs leading-[21px]', look.row, !wrap && 'w-max min-w-full')}>
      <time dateTime={entry.time} title={formatDateTime(entry.time)} className="tabular shrink-0 text-faint">
        {clock(entry.time)}
        <span className="max-sm:hidden">.{entry.time.slice(20, 23)}</span>
      </time>
      <span className={cn('w-10 shrink-0 uppercase', look.level)}>{entry.level}</span>
      <div className={cn('min-w-0 flex-1', wrap ? 'wrap-anywhere whitespace-pre-wrap' : 'whitespace-pre')}>
        {pieces(text, search).map((piece, index) => (index % 2 === 1 ? <mark key={index} className="rounded-xs bg-warning/40 text-inherit">{piece}</mark> : piece))}
        {canOpen && (
          <button type="button" aria-expanded={isOpen} onClick={() => onToggle(entry.cursor)} className="ml-2 inline-flex h-4 items-center gap-0.5 rounded-sm bg-pressed px-1 align-middle font-sans text-[11px] text-muted hover:text-text">
            <ChevronRight className={cn('size-3 transition-transform', isOpen && 'rotate-90')} aria-hidden />
            {isOpen ? t('less') : more > 0 ? t('more', { count: more }) : t('long')}
          </button>
        )}
      </div>
      <CopyLine entry={entry} />
    </div>
  )
})

function CopyLine({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation(['logs', 'common'])
  const [done, setDone] = useState(false)
  const copy = async () => {
    setDone(await copyText(textOf(entry)))
    setTimeout(() => setDone(false), 1500)
  }
  const Icon = done ? Check : Copy
  return (
    <button
      type="button"
      title={t('copyLine')}
      aria-label={done ? t('common:copied') : t('copyLine')}
      onClick={() => void copy()}
      className="sticky right-1 grid h-5 w-6 shrink-0 place-items-center rounded-sm bg-surface text-faint group-hover:opacity-100 hover:text-text focus-visible:opacity-100 [@media(hover:hover)]:opacity-0"
    >
      <Icon className="size-3.5" aria-hidden />
    </button>
  )
}

/** The time of day here, always 24 hours long, so that all lines begin alike. */
function clock(time: string): string {
  const at = new Date(time)
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':')
}
