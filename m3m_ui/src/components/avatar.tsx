import { cn } from '@/lib/cn'
import { usePicture } from '@/lib/use-picture'

interface AvatarProps {
  user: { email: string; name: string; avatar: string | null }
  className?: string
}

/** The picture of a user, or the first letters of the name. Their name stands beside it. */
export function Avatar({ user, className }: AvatarProps) {
  const url = usePicture(user.avatar)
  const letters = (user.name || user.email).split(/[\s@.]+/, 2).map((word) => word.charAt(0)).join('').toUpperCase()
  if (url) return <img src={url} alt="" className={cn('size-8 shrink-0 rounded-full object-cover', className)} />
  return (
    <span aria-hidden className={cn('grid size-8 shrink-0 place-items-center rounded-full bg-accent-soft text-[10px] font-semibold text-accent-text', className)}>
      {letters}
    </span>
  )
}
