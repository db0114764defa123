import { Download, ExternalLink } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { useActions } from './actions'
import type { Entry } from './api'
import { ICONS, kindOf } from './kinds'
import { usePreviewAddress } from './links-api'

interface PreviewProps {
  entry: Entry
}

export function NoPreview({ entry, text }: PreviewProps & { text: string }) {
  const { t } = useTranslation('files')
  const { download } = useActions()
  const Icon = ICONS[kindOf(entry)]
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-3 p-8 text-center">
      <Icon className="size-12 text-faint" strokeWidth={1.25} aria-hidden />
      <p className="max-w-sm text-sm text-muted">{text}</p>
      <Button onClick={() => download(entry)}><Download aria-hidden />{t('menu.download')}</Button>
    </div>
  )
}

/** With an address that the browser's own elements can read. */
function Addressed({ entry, byParts = false, children }: PreviewProps & { byParts?: boolean; children: (address: string) => ReactNode }) {
  const { address, error, retry } = usePreviewAddress(entry, byParts)
  if (error) return <ErrorState error={error} onRetry={retry} />
  if (address === undefined) return <Skeleton className="m-6 flex-1" />
  return <>{children(address)}</>
}

export function PicturePreview({ entry }: PreviewProps) {
  const { t } = useTranslation('files')
  const [broken, setBroken] = useState(false)
  if (broken) return <NoPreview entry={entry} text={t('preview.broken')} />
  return (
    <Addressed entry={entry}>
      {(address) => (
        <div className="grid min-h-0 flex-1 place-items-center p-4">
          <img src={address} alt={entry.name} className="max-h-full max-w-full rounded-sm object-contain" onError={() => setBroken(true)} />
        </div>
      )}
    </Addressed>
  )
}

export function MediaPreview({ entry }: PreviewProps) {
  const { t } = useTranslation('files')
  const [broken, setBroken] = useState(false)
  if (broken) return <NoPreview entry={entry} text={t('preview.broken')} />
  const video = kindOf(entry) === 'video'
  return (
    <Addressed entry={entry}>
      {(address) => (
        <div className="grid min-h-0 flex-1 place-items-center p-4">
          {video ? (
            <video src={address} controls aria-label={entry.name} className="max-h-full max-w-full rounded-sm bg-black" onError={() => setBroken(true)} />
          ) : (
            <audio src={address} controls aria-label={entry.name} className="w-full" onError={() => setBroken(true)} />
          )}
        </div>
      )}
    </Addressed>
  )
}

/** Phones and some browsers show no PDF inside of a page: the way to a tab of its own is always there. */
export function PdfPreview({ entry }: PreviewProps) {
  const { t } = useTranslation('files')
  return (
    <Addressed entry={entry} byParts>
      {(address) => (
        <>
          <div className="flex justify-end border-b border-line bg-raised px-3 py-1.5">
            <Button size="sm" variant="ghost" asChild>
              <a href={address} target="_blank" rel="noreferrer"><ExternalLink aria-hidden />{t('preview.tab')}</a>
            </Button>
          </div>
          <iframe src={address} title={entry.name} className="min-h-0 flex-1 bg-white" />
        </>
      )}
    </Addressed>
  )
}
