import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useState } from 'react'
import { RouterProvider } from 'react-router'
import { TooltipProvider } from '@/components/ui/tooltip'
import { createQueryClient } from '@/lib/api/query-client'
import { session } from '@/lib/session'
import { useStore } from '@/lib/store'
import { toasterWanted } from '@/lib/toast'
import { router } from './router'

const Toaster = lazy(async () => ({ default: (await import('@/components/ui/toaster')).Toaster }))

export function Providers() {
  const [queries] = useState(createQueryClient)
  const now = useStore(session)
  const toasts = useStore(toasterWanted)
  const userId = now.state === 'user' || now.state === 'expired' ? now.user.id : undefined
  useEffect(() => {
    // what one user has seen is not for the next
    if (userId !== undefined) return () => queries.clear()
  }, [queries, userId])
  return (
    <QueryClientProvider client={queries}>
      <TooltipProvider delayDuration={400}>
        <RouterProvider router={router} />
        <Suspense fallback={null}>{toasts && <Toaster />}</Suspense>
      </TooltipProvider>
    </QueryClientProvider>
  )
}
