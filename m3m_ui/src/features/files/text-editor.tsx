import { Save } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Kbd, Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { formatBytes } from '@/lib/format'
import { type Entry, useSaveText, useText } from './api'
import { LARGEST_TEXT } from './kinds'
import { NoPreview } from './previews'

interface TextEditorProps {
  entry: Entry
  onUnsaved: (unsaved: boolean) => void
}

export function TextEditor({ entry, onUnsaved }: TextEditorProps) {
  const { t } = useTranslation('files')
  const text = useText(entry.path)
  if (isApiError(text.error, 415)) return <NoPreview entry={entry} text={t('preview.binary')} />
  if (text.error) return <ErrorState error={text.error} onRetry={() => void text.refetch()} />
  if (!text.data) return <Skeleton className="m-6 flex-1" />
  return <Editor entry={entry} saved={text.data.content} onUnsaved={onUnsaved} />
}

function Editor({ entry, saved: loaded, onUnsaved }: TextEditorProps & { saved: string }) {
  const { t } = useTranslation(['files', 'common'])
  const [saved, setSaved] = useState(loaded)
  const [text, setText] = useState(loaded)
  const save = useSaveText()
  const changed = text !== saved
  const size = useMemo(() => new Blob([text]).size, [text])
  const large = size > LARGEST_TEXT
  useEffect(() => onUnsaved(changed), [changed, onUnsaved])
  useAskedBeforeLeaving(changed)
  const store = () => {
    if (!changed || large || save.isPending) return
    save.mutate({ path: entry.path, content: text }, { onSuccess: () => setSaved(text) })
  }
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    store()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={keys}>
      <div className="flex items-center gap-3 border-b border-line bg-raised px-4 py-1.5">
        <Button size="sm" variant="primary" busy={save.isPending} disabled={!changed || large} onClick={store}><Save aria-hidden />{t('common:save')}</Button>
        <Kbd className="max-sm:hidden">Ctrl S</Kbd>
        {large ? <span role="alert" className="text-xs text-danger-text">{t('editor.large', { size: formatBytes(LARGEST_TEXT) })}</span> : changed && <Badge tone="warning">{t('editor.unsaved')}</Badge>}
      </div>
      <NumberedText name={entry.name} text={text} onChange={setText} />
    </div>
  )
}

/** The numbers scroll with the text; one element for all of them, however many lines there are. */
function NumberedText({ name, text, onChange }: { name: string; text: string; onChange: (text: string) => void }) {
  const numbers = useRef<HTMLPreElement>(null)
  const lines = useMemo(() => text.split('\n').length, [text])
  const shown = useMemo(() => Array.from({ length: lines }, (_, index) => index + 1).join('\n'), [lines])
  return (
    <div className="flex min-h-0 flex-1 bg-surface font-mono text-sm leading-5">
      <pre ref={numbers} aria-hidden className="tabular shrink-0 overflow-hidden border-r border-line bg-subtle py-3 pr-2.5 pl-3 text-right font-mono text-faint select-none">
        {shown}
      </pre>
      <textarea
        aria-label={name} value={text} wrap="off" spellCheck={false} autoCapitalize="off" autoComplete="off" autoFocus
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-3 leading-5 outline-none"
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
        }}
      />
    </div>
  )
}

function useAskedBeforeLeaving(changed: boolean): void {
  useEffect(() => {
    if (!changed) return undefined
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [changed])
}
