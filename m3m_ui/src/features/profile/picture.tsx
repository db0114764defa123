import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Avatar } from '@/components/avatar'
import { Button } from '@/components/ui/button'
import { toast } from '@/lib/toast'
import { useUser } from '@/lib/use-user'
import { useUploadAvatar } from './api'

const LARGEST = 5 * 1024 * 1024

export function Picture() {
  const { t } = useTranslation('profile')
  const user = useUser()
  const input = useRef<HTMLInputElement>(null)
  const upload = useUploadAvatar()
  const take = (file: File | undefined) => {
    if (!file) return
    if (file.size > LARGEST) toast.error(t('you.pictureLarge'))
    else upload.mutate(file)
  }
  return (
    <div className="flex items-center gap-4">
      <Avatar user={user} className="size-16 text-xl" />
      <input
        ref={input} type="file" accept="image/*" className="sr-only" tabIndex={-1} aria-label={t('you.picture')}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div>
        <Button busy={upload.isPending} onClick={() => input.current?.click()}>{t('you.picture')}</Button>
        <p className="mt-1 text-xs text-muted">{t('you.pictureHint')}</p>
      </div>
    </div>
  )
}
