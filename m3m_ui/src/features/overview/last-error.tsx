import { CircleAlert, Code } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '@/components/ui/button'
import { cn } from '@/lib/cn'
import { formatDateTime, formatRelative } from '@/lib/format'
import type { RunStatus } from '@/lib/project'
import { type Source, useCode } from './api'
import { codeAddress, excerptOf } from './excerpt'

interface LastErrorProps {
  project: string
  error: NonNullable<RunStatus['last_error']>
  /** Whose code it is; null when that is not known. */
  source: Source | null
  /** It has kept the service from starting. */
  isStart: boolean
}

/** What went wrong last: the words, the place, and the code there. What fails while it runs may do so often: it is not read out. */
export function LastError({ project, error, source, isStart }: LastErrorProps) {
  const { t } = useTranslation('overview')
  const title = t(isStart ? 'error.start' : 'error.last')
  const place = error.file && error.line ? [error.file, error.line, error.column].filter(Boolean).join(':') : undefined
  return (
    <section role={error.where ? 'region' : 'alert'} aria-label={title} className="overflow-hidden rounded-lg border border-danger/40 bg-surface shadow-card">
      <header className="flex flex-wrap items-start justify-between gap-3 bg-danger-soft px-4 py-3 text-danger-text">
        <div className="flex min-w-0 flex-1 basis-72 gap-2.5">
          <CircleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
          <div className="min-w-0">
            <h2 className="text-sm font-semibold">{title}</h2>
            <p className="font-mono text-sm wrap-anywhere whitespace-pre-wrap">{error.message}</p>
            <p className="mt-1 flex flex-wrap gap-x-3 text-xs">
              {place && <span className="font-mono">{place}</span>}
              {error.where && <span className="min-w-0 wrap-anywhere">{error.where}</span>}
              {error.at && <time dateTime={error.at} title={formatDateTime(error.at)}>{formatRelative(error.at)}</time>}
            </p>
          </div>
        </div>
        <Button asChild size="sm">
          <Link to={codeAddress(project, source, error)}>
            <Code aria-hidden />
            {t('error.open')}
          </Link>
        </Button>
      </header>
      {error.file && error.line && <Excerpt source={source} file={error.file} line={error.line} column={error.column ?? 0} />}
      {error.stack?.includes('\n    at ') && (
        <details className="border-t border-line px-4 py-2 text-xs text-muted">
          <summary className="cursor-pointer select-none">{t('error.stack')}</summary>
          <pre className="mt-1 overflow-x-auto font-mono">{error.stack.trimEnd()}</pre>
        </details>
      )}
    </section>
  )
}

interface ExcerptProps {
  source: Source | null
  file: string
  line: number
  column: number
}

function Excerpt({ source, file, line, column }: ExcerptProps) {
  const { t } = useTranslation('overview')
  const data = useCode(source)
  const lines = data ? excerptOf(data, file, line) : []
  if (lines.length === 0) return null
  return (
    <pre tabIndex={0} aria-label={t('error.code')} className="overflow-x-auto py-2 font-mono text-xs leading-5">
      <code className="block w-max min-w-full">
        {lines.map(({ number, text, isFault }) => (
          <span key={number} className={cn('block pr-4', isFault && 'bg-danger-soft')}>
            <span className={cn('mr-4 inline-block w-12 text-right select-none', isFault ? 'text-danger-text' : 'text-faint')}>{number}</span>
            {isFault && column > 0 ? <Marked text={text} column={column} /> : text}
          </span>
        ))}
      </code>
    </pre>
  )
}

/** The word at the column is underlined. */
function Marked({ text, column }: { text: string; column: number }) {
  const before = text.slice(0, column - 1)
  const word = /^(\w+|.)?/s.exec(text.slice(column - 1))?.[0] ?? ''
  return (
    <>
      {before}
      <span className="underline decoration-danger decoration-wavy underline-offset-4">{word}</span>
      {text.slice(before.length + word.length)}
    </>
  )
}
