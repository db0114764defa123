import { FileText, Link2, Upload, X } from 'lucide-react'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import { cn } from '@/lib/cn'
import { formatBytes } from '@/lib/format'
import { isMany, numberOf, textsOf } from '../../lib/types'
import { useUpload } from '../../records-api'
import { Thumb } from '../thumb'
import { asList, type ValueControlProps } from './props'

const PICTURE = /\.(png|jpe?g|webp|gif|avif|bmp)$/i

interface FileControlProps extends ValueControlProps {
  model: string
  image: boolean
}

/** Files of the project's storage: uploaded here, or named by their path. */
export function FileControl({ field, value, onChange, tied, model, image }: FileControlProps) {
  const { t } = useTranslation('data')
  const input = useRef<HTMLInputElement>(null)
  const upload = useUpload(model)
  const [over, setOver] = useState(false)
  const [path, setPath] = useState<string>()
  const paths = asList(value)
  const many = isMany(field)
  const largest = numberOf(field, 'max_size')
  const set = (next: string[]) => onChange(many ? next : (next[0] ?? ''))
  const add = (more: string[]) => set(many ? [...new Set([...paths, ...more])] : more)
  const send = (files: FileList | null) => {
    if (files && files.length > 0) upload.mutate(many ? [...files] : [...files].slice(0, 1), { onSuccess: add })
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    send(event.dataTransfer.files)
  }
  const accept = textsOf(field, 'mime').join(',') || (image ? 'image/*' : undefined)
  return (
    <div className="flex flex-col gap-2">
      {paths.length > 0 && (
        <ul className={image ? 'flex flex-wrap gap-2' : 'flex flex-col gap-1'}>
          {paths.map((each) => <FileItem key={each} path={each} image={image} onRemove={() => set(paths.filter((other) => other !== each))} />)}
        </ul>
      )}
      <div
        className={cn('flex flex-wrap items-center gap-2 rounded-md border border-dashed border-line-strong px-3 py-2 text-sm text-muted', over && 'border-accent bg-accent-soft', tied['aria-invalid'] && 'border-danger')}
        onDragOver={(event) => { event.preventDefault(); setOver(true) }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Button {...tied} size="sm" busy={upload.isPending} onClick={() => input.current?.click()}>
          {!upload.isPending && <Upload aria-hidden />}
          {t('file.upload')}
        </Button>
        <Button variant="ghost" size="sm" aria-expanded={path !== undefined} onClick={() => setPath(path === undefined ? '' : undefined)}><Link2 aria-hidden />{t('file.byPath')}</Button>
        <span className="text-xs text-faint">{largest === undefined ? t('file.drop') : t('file.dropUpTo', { size: formatBytes(largest) })}</span>
        <input ref={input} type="file" hidden multiple={many} accept={accept} aria-label={field.label || field.key} onChange={(event) => { send(event.target.files); event.target.value = '' }} />
      </div>
      {path !== undefined && (
        <Input
          autoFocus
          aria-label={t('file.path')}
          placeholder="reports/may.pdf"
          className="font-mono text-sm"
          value={path}
          onChange={(event) => setPath(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            if (path.trim() !== '') add([path.trim()])
            setPath(undefined)
          }}
        />
      )}
    </div>
  )
}

interface FileItemProps {
  path: string
  image: boolean
  onRemove: () => void
}

function FileItem({ path, image, onRemove }: FileItemProps) {
  const { t } = useTranslation('data')
  const name = path.split('/').at(-1) ?? path
  const isPicture = PICTURE.test(path)
  const remove = (
    <button type="button" className="shrink-0 rounded-sm bg-surface/80 p-1 text-muted hover:text-text" aria-label={t('control.remove', { name })} onClick={onRemove}>
      <X className="size-3.5" aria-hidden />
    </button>
  )
  if (image && isPicture) {
    return (
      <li className="relative" title={path}>
        <Thumb path={path} whole className="size-24 rounded-md border border-line" />
        <span className="absolute top-1 right-1">{remove}</span>
        <span className="block w-24 truncate text-xs text-muted">{name}</span>
      </li>
    )
  }
  return (
    <li className="flex h-9 items-center gap-2 rounded-md border border-line px-2 text-sm" title={path}>
      {isPicture ? <Thumb path={path} className="size-6 rounded-sm" /> : <FileText className="size-4 shrink-0 text-faint" aria-hidden />}
      <span className="min-w-0 flex-1 truncate">{name}</span>
      {remove}
    </li>
  )
}
