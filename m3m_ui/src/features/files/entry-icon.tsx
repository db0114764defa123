import { usePicture } from '@/lib/use-picture'
import { apiURL } from '@/lib/config'
import { useProjectSlug } from '@/lib/project'
import { cn } from '@/lib/cn'
import type { Entry } from './api'
import { hasThumb, ICONS, kindOf, type Kind } from './kinds'

const TONES: Record<Kind, string> = {
  folder: 'text-accent-text',
  image: 'text-success-text',
  audio: 'text-warning-text',
  video: 'text-warning-text',
  pdf: 'text-danger-text',
  text: 'text-info-text',
  archive: 'text-muted',
  other: 'text-faint',
}

/** A small picture of a picture, the sign of its kind for everything else. */
export function EntryIcon({ entry, large }: { entry: Entry; large?: boolean }) {
  const project = useProjectSlug()
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  // another time, another picture
  const thumb = hasThumb(entry) ? `${apiURL}/projects/${project}/storage/thumb/${path}?v=${entry.updated_at}` : null
  const picture = usePicture(thumb)
  const kind = kindOf(entry)
  const Icon = ICONS[kind]
  if (picture) return <img src={picture} alt="" className={cn('shrink-0 rounded-sm object-cover', large ? 'size-14 rounded-md' : 'size-6')} />
  return <Icon aria-hidden strokeWidth={large ? 1.25 : 2} className={cn('shrink-0', TONES[kind], large ? 'size-12' : 'mx-0.5 size-5', kind === 'folder' && 'fill-accent-soft')} />
}
