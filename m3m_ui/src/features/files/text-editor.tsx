import { Save } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Location } from 'react-router'
import { LeaveDialog } from '@/components/leave-dialog'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Kbd, Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { formatBytes } from '@/lib/format'
import { useProjectSlug } from '@/lib/project'
import { toastError } from '@/lib/toast'
import { useLeaving } from '@/lib/use-leaving'
import { type Entry, fetchText, type Text, useSaveText, useText } from './api'
import { ChangedDialog } from './changed-dialog'
import { LARGEST_TEXT } from './kinds'
import { NumberedText } from './numbered-text'
import { NoPreview } from './previews'

export function TextEditor({ entry }: { entry: Entry }) {
  const { t } = useTranslation('files')
  const { data, error, refetch } = useText(entry.path)
  if (data) return <Editor entry={entry} loaded={data} />
  if (isApiError(error, 415)) return <NoPreview entry={entry} text={t('preview.binary')} />
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  return <Skeleton className="m-6 flex-1" />
}

const openOf = ({ search }: Location) => new URLSearchParams(search).get('open')
const sameFile = (now: Location, next: Location) => now.pathname === next.pathname && openOf(now) === openOf(next)

function Editor({ entry, loaded }: { entry: Entry; loaded: Text }) {
  const { t } = useTranslation(['files', 'common'])
  const { text, setText, changed, large, busy, store, refused, answer } = useWriting(entry.path, loaded)
  const { blocker } = useLeaving(changed, sameFile)
  const keys = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (!event.repeat) store()
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col" onKeyDown={keys}>
      <div className="flex items-center gap-3 border-b border-line bg-raised px-4 py-1.5">
        <Button size="sm" variant="primary" busy={busy} disabled={!changed || large} onClick={store}><Save aria-hidden />{t('common:save')}</Button>
        <Kbd className="max-sm:hidden">Ctrl S</Kbd>
        {large ? <span role="alert" className="text-xs text-danger-text">{t('editor.large', { size: formatBytes(LARGEST_TEXT) })}</span> : changed && <Badge tone="warning">{t('editor.unsaved')}</Badge>}
      </div>
      <NumberedText name={entry.name} text={text} onChange={setText} />
      {refused && <ChangedDialog how={refused} busy={busy} onAnswer={answer} />}
      <LeaveDialog blocker={blocker} title={t('editor.leave')} action={t('editor.discard')}>{t('editor.leaveHint')}</LeaveDialog>
    </div>
  )
}

/** A text that is being written, against what the server had when it was read or saved last. */
function useWriting(path: string, loaded: Text) {
  const project = useProjectSlug()
  const [base, setBase] = useState(loaded)
  const [text, setText] = useState(loaded.content)
  const [refused, setRefused] = useState<'changed' | 'gone'>()
  const { mutate, isPending: busy } = useSaveText()
  /** What saves have sent since the last one that was answered: any of it may be on the server. */
  const sent = useRef<string[]>([])
  const large = useMemo(() => new Blob([text]).size, [text]) > LARGEST_TEXT
  const changed = text !== base.content
  const save = (over: 'new' | { etag: string } | null) => {
    sent.current.push(text)
    mutate({ path, content: text, over }, {
      onSuccess: (etag) => {
        setBase({ content: text, etag })
        setRefused(undefined)
        sent.current = []
      },
      onError: (error) => {
        if (isApiError(error, 409) && error.code === 'file_changed') stale().catch(toastError)
        else if (isApiError(error, 404)) setRefused('gone')
        else toastError(error)
      },
    })
  }
  /** Somebody else has written it; or we have, and the answer was lost. */
  const stale = async () => {
    const { content, etag } = await fetchText(project, path)
    if (etag !== null && sent.current.includes(content)) save({ etag })
    else setRefused('changed')
  }
  const take = (theirs: Text) => {
    setBase(theirs)
    setText(theirs.content)
    setRefused(undefined)
  }
  return {
    text, setText, changed, large, busy, refused,
    store: () => {
      if (changed && !large && !busy) save(base.etag === null ? null : { etag: base.etag })
    },
    answer: (wish: 'back' | 'take' | 'write') => {
      if (wish === 'write') save(refused === 'gone' ? 'new' : null)
      else if (wish === 'take') fetchText(project, path).then(take, toastError)
      else setRefused(undefined)
    },
  }
}
