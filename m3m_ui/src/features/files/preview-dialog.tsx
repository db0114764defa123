import { ChevronLeft, ChevronRight, Download, Link2 } from 'lucide-react'
import { type KeyboardEvent, lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Dialog, DialogContent } from '@/components/ui/dialog'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { formatBytes, formatDateTime } from '@/lib/format'
import { useActions } from './actions'
import type { Entry } from './api'
import { kindOf, LARGEST_PICTURE, LARGEST_TEXT } from './kinds'
import { listed } from './listing'
import { MediaPreview, NoPreview, PdfPreview, PicturePreview } from './previews'
import type { View } from './use-view'

const TextEditor = lazy(async () => ({ default: (await import('./text-editor')).TextEditor }))

interface PreviewDialogProps {
  view: View
  entry: Entry
  entries: readonly Entry[]
}

/** Not on a button, whose name would hang over the picture; the arrow keys are the dialog's. */
function focusDialog(event: Event): void {
  event.preventDefault()
  ;(event.currentTarget as HTMLElement).focus()
}

export function PreviewDialog({ view, entry, entries }: PreviewDialogProps) {
  const files = listed(entries, view.search, view.sort).filter((each) => !each.is_dir)
  const show = (to: string | undefined) => {
    if (to !== undefined) view.setOpened(to)
  }
  const beside = (by: number) => files[files.indexOf(entry) + by]?.name
  const keys = (event: KeyboardEvent) => {
    if ((event.target as HTMLElement).matches('textarea, input, video, audio') || event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'ArrowLeft') show(beside(-1))
    if (event.key === 'ArrowRight') show(beside(1))
  }
  return (
    <Dialog open onOpenChange={() => show('')}>
      <DialogContent
        title={<span className="block truncate">{entry.name}</span>}
        description={`${formatBytes(entry.size)} · ${formatDateTime(entry.updated_at)}`}
        className={cn('top-[4vh] h-[92vh] max-h-none max-w-5xl', kindOf(entry) === 'audio' && 'top-[16vh] h-auto max-w-xl')}
        onKeyDown={keys}
        onOpenAutoFocus={focusDialog}
      >
        <div className="flex min-h-0 flex-1 flex-col border-y border-line bg-subtle">
          <Suspense fallback={null}><Content key={entry.path} entry={entry} /></Suspense>
        </div>
        <Footer entry={entry} before={beside(-1)} after={beside(1)} onShow={show} />
      </DialogContent>
    </Dialog>
  )
}

function Content({ entry }: { entry: Entry }) {
  const { t } = useTranslation('files')
  switch (kindOf(entry)) {
    case 'image':
      return entry.size <= LARGEST_PICTURE ? <PicturePreview entry={entry} /> : <NoPreview entry={entry} text={t('preview.large')} />
    case 'text':
      return entry.size <= LARGEST_TEXT ? <TextEditor entry={entry} /> : <NoPreview entry={entry} text={t('preview.largeText', { size: formatBytes(LARGEST_TEXT) })} />
    case 'audio':
    case 'video':
      return <MediaPreview entry={entry} />
    case 'pdf':
      return <PdfPreview entry={entry} />
    default:
      return <NoPreview entry={entry} text={t('preview.none')} />
  }
}

interface FooterProps {
  entry: Entry
  before: string | undefined
  after: string | undefined
  onShow: (name: string | undefined) => void
}

function Footer({ entry, before, after, onShow }: FooterProps) {
  const { t } = useTranslation('files')
  const { begin, download } = useActions()
  return (
    <footer className="flex items-center gap-2 px-4 py-2.5">
      <Tooltip text={t('preview.before')}><Button size="icon" variant="ghost" aria-label={t('preview.before')} disabled={before === undefined} onClick={() => onShow(before)}><ChevronLeft aria-hidden /></Button></Tooltip>
      <Tooltip text={t('preview.after')}><Button size="icon" variant="ghost" aria-label={t('preview.after')} disabled={after === undefined} onClick={() => onShow(after)}><ChevronRight aria-hidden /></Button></Tooltip>
      <span className="flex-1" />
      <Button onClick={() => begin({ do: 'link', entry })}><Link2 aria-hidden /><span className="max-sm:sr-only">{t('menu.link')}</span></Button>
      <Button onClick={() => download(entry)}><Download aria-hidden />{t('menu.download')}</Button>
    </footer>
  )
}
