import { ArrowDown, Eraser } from 'lucide-react'
import { Fragment, memo, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SourceBadge, ProjectStatus } from '@/components/project-status'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import type { LogEntry } from '@/lib/log-stream'
import { useStatus } from '@/lib/project'
import { placesIn } from './places'
import { useLiveLog } from './use-live-log'

const LEVEL: Record<LogEntry['level'], string> = {
  debug: 'text-faint',
  info: 'text-info-text',
  warn: 'text-warning-text',
  error: 'text-danger-text',
}
const NEAR_PX = 24

type Reveal = (file: string, line: number, column: number) => void

/** The log of the run as it is written. It follows the end until one scrolls up. */
export function LogPanel({ onReveal }: { onReveal: Reveal }) {
  const { t } = useTranslation('code')
  const { data: status } = useStatus()
  const { lines, isOpen, clear } = useLiveLog()
  const frame = useRef<HTMLDivElement>(null)
  const [follows, setFollows] = useState(true)
  useEffect(() => {
    if (follows && frame.current) frame.current.scrollTop = frame.current.scrollHeight
  }, [lines, follows])
  const scrolled = () => {
    const now = frame.current
    if (now) setFollows(now.scrollHeight - now.scrollTop - now.clientHeight < NEAR_PX)
  }
  return (
    <div className="flex h-full flex-col">
      <div className="flex h-8 shrink-0 items-center gap-3 pr-2 pl-4 text-xs text-muted">
        {status && <ProjectStatus status={status.status} />}
        <SourceBadge source={status?.source ?? null} />
        {!isOpen && <span>{t('log.connecting')}</span>}
        <Tooltip text={t('log.clear')}>
          <Button size="icon-sm" variant="ghost" className="ml-auto" aria-label={t('log.clear')} onClick={clear}><Eraser aria-hidden /></Button>
        </Tooltip>
      </div>
      <div className="relative min-h-0 flex-1">
        <div ref={frame} onScroll={scrolled} role="log" aria-label={t('panel.log')} tabIndex={0} className="h-full overflow-y-auto px-4 pb-2 font-mono text-xs/5 -outline-offset-2">
          {lines.map((line) => <Line key={line.cursor} line={line} onReveal={onReveal} />)}
          {lines.length === 0 && <p className="py-4 text-center font-sans text-sm text-muted">{t('log.none')}</p>}
        </div>
        {!follows && (
          <Button size="sm" className="absolute right-5 bottom-3 shadow-raised" onClick={() => setFollows(true)}><ArrowDown aria-hidden />{t('log.end')}</Button>
        )}
      </div>
    </div>
  )
}

const Line = memo(function Line({ line, onReveal }: { line: LogEntry; onReveal: Reveal }) {
  return (
    <div className="flex gap-3 [content-visibility:auto]">
      <span className="shrink-0 text-faint max-sm:hidden">{line.time.slice(11, 23)}</span>
      <span className={cn('w-9 shrink-0', LEVEL[line.level])}>{line.level}</span>
      <span className={cn('min-w-0 wrap-anywhere whitespace-pre-wrap', line.level === 'error' && 'text-danger-text')}>
        {placesIn(line.message).map((part, index) => (
          <Fragment key={index}>
            {typeof part === 'string' ? part : (
              <button type="button" className="underline underline-offset-2 hover:text-accent-text" onClick={() => onReveal(part.file, part.line, part.column)}>{part.text}</button>
            )}
          </Fragment>
        ))}
      </span>
    </div>
  )
})
