import { ImageOff } from 'lucide-react'
import { apiURL } from '@/lib/config'
import { cn } from '@/lib/cn'
import { useProjectSlug } from '@/lib/project'
import { usePicture } from '@/lib/use-picture'

interface ThumbProps {
  path: string
  /** The picture itself instead of the small one. */
  whole?: boolean
  className?: string
}

/** A picture of the project's storage. Its name stands beside it. */
export function Thumb({ path, whole, className }: ThumbProps) {
  const project = useProjectSlug()
  const url = usePicture(`${apiURL}/projects/${project}/storage/${whole ? 'download' : 'thumb'}/${path.split('/').map(encodeURIComponent).join('/')}`)
  if (url) return <img src={url} alt="" className={cn('shrink-0 object-cover', className)} />
  return <span className={cn('grid shrink-0 place-items-center bg-pressed text-faint', className)}><ImageOff className="size-1/2" aria-hidden /></span>
}
