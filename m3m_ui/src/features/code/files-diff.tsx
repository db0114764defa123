import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from '@/components/ui/select'
import { cn } from '@/lib/cn'
import { EditorLoading } from './editor-page'
import { type Change, changesOf, type Files } from './files'
import { DiffView } from './lazy-monaco'

const LOOK: Record<Change['kind'], { letter: string; look: string }> = {
  added: { letter: 'A', look: 'text-success-text' },
  changed: { letter: 'M', look: 'text-warning-text' },
  deleted: { letter: 'D', look: 'text-danger-text' },
}

interface FilesDiffProps {
  before: Files
  after: Files
  /** What the two sides are. */
  beforeName: string
  afterName: string
  file: string
  onFile: (name: string) => void
  /** Files that need a look, marked in the list. */
  marked?: readonly string[]
  /** Given: the right side can be written. */
  onChange?: (name: string, code: string) => void
  className?: string
}

/** All differences of two states of the code: the files that differ, and one of them side by side. */
export function FilesDiff({ before, after, beforeName, afterName, file, onFile, marked = [], onChange, className }: FilesDiffProps) {
  const { t } = useTranslation('code')
  const changes = changesOf(before, after)
  const shown = changes.find((change) => change.name === file) ?? changes.find((change) => marked.includes(change.name)) ?? changes[0]
  if (!shown) return <p className={cn('grid place-items-center bg-surface p-8 text-sm text-muted', className)}>{t('diff.none')}</p>
  return (
    <div className={cn('flex min-h-0 overflow-hidden max-md:flex-col', className)}>
      <div className="border-b border-line p-2 md:hidden">
        <Select value={shown.name} onChange={onFile} aria-label={t('files.title')} options={changes.map(({ name, kind }) => ({ value: name, label: `${LOOK[kind].letter}  ${name}` }))} />
      </div>
      <ul className="w-48 shrink-0 overflow-y-auto border-r border-line py-1.5 max-md:hidden" aria-label={t('files.title')}>
        {changes.map(({ name, kind }) => (
          <li key={name}>
            <button
              type="button"
              aria-current={name === shown.name || undefined}
              onClick={() => onFile(name)}
              className={cn('flex h-7 w-full items-center gap-2 px-3 text-left text-sm -outline-offset-2 hover:bg-hover', name === shown.name && 'bg-accent-soft hover:bg-accent-soft')}
            >
              <span className="truncate" title={name}>{name}</span>
              {marked.includes(name) && <span role="img" className="size-1.5 shrink-0 rounded-full bg-warning" aria-label={t('conflict.both')} title={t('conflict.both')} />}
              <span className={cn('ml-auto font-mono text-xs font-semibold', LOOK[kind].look)} title={t(`diff.${kind}`)}>{LOOK[kind].letter}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <div className="flex h-8 shrink-0 items-center border-b border-line bg-subtle text-xs text-muted">
          <span className="min-w-0 flex-1 truncate px-3">{beforeName}</span>
          <span aria-hidden>→</span>
          <span className="min-w-0 flex-1 truncate px-3">{afterName}</span>
        </div>
        <div className="relative min-h-0 flex-1 bg-surface">
          <Suspense fallback={<EditorLoading />}>
            <DiffView
              key={shown.name}
              name={shown.name}
              before={before[shown.name] ?? ''}
              after={after[shown.name] ?? ''}
              label={t('diff.aria', { file: shown.name })}
              onChange={onChange && ((code) => onChange(shown.name, code))}
            />
          </Suspense>
        </div>
      </div>
    </div>
  )
}
