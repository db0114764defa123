import { CircleAlert, CircleCheck, RotateCw, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { formatBytes, formatPercent } from '@/lib/format'
import { useStore } from '@/lib/store'
import { cancel, cancelAll, clearDone, isBusy, retry, type Upload, uploads } from './uploads'

export function UploadPanel({ project }: { project: string }) {
  const { t } = useTranslation('files')
  const own = useStore(uploads).filter((each) => each.project === project)
  if (own.length === 0) return null
  const busy = own.filter(isBusy).length
  const failed = own.filter((each) => each.state === 'failed').length
  const title = busy > 0 ? t('upload.busy', { count: busy }) : failed > 0 ? t('upload.failed', { count: failed }) : t('upload.done', { count: own.length })
  return (
    <section aria-label={t('upload.title')} className="fixed right-4 bottom-4 z-30 flex max-h-[45vh] w-[min(24rem,calc(100vw-2rem))] flex-col rounded-xl border border-line bg-raised shadow-dialog">
      <header className="flex items-center justify-between gap-2 border-b border-line py-2 pr-2 pl-3.5">
        <h2 role="status" className="truncate text-sm font-semibold">{title}</h2>
        {busy > 0 && <Button size="sm" variant="ghost" onClick={() => cancelAll(project)}>{t('upload.cancelAll')}</Button>}
        {busy === 0 && failed === 0 && <Button size="sm" variant="ghost" onClick={() => clearDone(project)}>{t('upload.hide')}</Button>}
        {busy === 0 && failed > 0 && <Button size="sm" variant="ghost" onClick={() => cancelAll(project)}>{t('upload.hide')}</Button>}
      </header>
      <ul className="min-h-0 flex-1 overflow-y-auto py-1">
        {own.map((each) => <Line key={each.id} upload={each} />)}
      </ul>
    </section>
  )
}

function Line({ upload }: { upload: Upload }) {
  const { t } = useTranslation(['files', 'common'])
  const { file, state, sent, id } = upload
  const share = file.size === 0 ? 100 : (sent / file.size) * 100
  return (
    <li className="px-3.5 py-1.5">
      <div className="flex items-center gap-2">
        {state === 'done' && <CircleCheck className="size-4 shrink-0 text-success-text" aria-label={t('upload.isDone')} />}
        {state === 'failed' && <CircleAlert className="size-4 shrink-0 text-danger-text" aria-label={t('upload.isFailed')} />}
        <span className="min-w-0 flex-1 truncate text-sm" title={file.name}>{file.name}</span>
        <span className="tabular shrink-0 text-xs text-muted">{state === 'sending' ? formatPercent(share, 0) : formatBytes(file.size)}</span>
        {state === 'failed' && (
          <Tooltip text={t('common:retry')}>
            <Button size="icon-sm" variant="ghost" aria-label={t('upload.retryOf', { name: file.name })} onClick={() => retry(id)}><RotateCw aria-hidden /></Button>
          </Tooltip>
        )}
        {state !== 'done' && (
          <Tooltip text={t(isBusy(upload) ? 'common:cancel' : 'common:close')}>
            <Button size="icon-sm" variant="ghost" aria-label={t('upload.cancelOf', { name: file.name })} onClick={() => cancel(id)}><X aria-hidden /></Button>
          </Tooltip>
        )}
      </div>
      {isBusy(upload) && (
        <div role="progressbar" aria-label={file.name} aria-valuenow={Math.round(share)} className="mt-1 h-1 overflow-hidden rounded-full bg-pressed">
          <div className={cn('h-full rounded-full bg-accent transition-[width]', state === 'waiting' && 'opacity-0')} style={{ width: `${share}%` }} />
        </div>
      )}
      {state === 'failed' && <p className="text-xs wrap-anywhere text-danger-text">{upload.error || t('upload.cut')}</p>}
    </li>
  )
}
