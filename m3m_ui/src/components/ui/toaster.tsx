import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'
import { useStore } from '@/lib/store'
import { isDark } from '@/lib/theme'
import { toasterReady } from '@/lib/toast'

export function Toaster() {
  const dark = useStore(isDark)
  useEffect(() => toasterReady(toast), [])
  return (
    <Sonner
      theme={dark ? 'dark' : 'light'}
      position="bottom-right"
      toastOptions={{
        classNames: {
          toast: '!rounded-lg !border-line !bg-raised !text-text !shadow-raised !font-sans !text-sm',
          description: '!text-muted',
          error: '[&_[data-icon]]:!text-danger-text',
        },
      }}
    />
  )
}
