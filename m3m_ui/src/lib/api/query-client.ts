import { MutationCache, QueryClient } from '@tanstack/react-query'
import { toastError } from '../toast'
import { connected } from './connection'
import { isApiError, Unreachable } from './error'

declare module '@tanstack/react-query' {
  interface Register {
    /** `silent`: the form shows the error itself, no toast. */
    mutationMeta: { silent?: boolean }
  }
}

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    mutationCache: new MutationCache({
      onError: (error, _variables, _context, mutation) => {
        if (!mutation.meta?.silent) toastError(error)
      },
    }),
    defaultOptions: {
      queries: {
        networkMode: 'always', // a server in the local network answers without the internet
        staleTime: 5_000,
        gcTime: 10 * 60_000,
        retry: (count, error) => count < 2 && isTransient(error),
        retryDelay: (count) => Math.min(500 * 2 ** count, 4_000),
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  // what failed or grew old while the server was away is asked again as soon as it is back
  connected.subscribe(() => {
    if (connected.get()) void client.invalidateQueries()
  })
  return client
}

function isTransient(error: Error): boolean {
  if (error instanceof Unreachable) return true
  return isApiError(error) && (error.status === 429 || error.status >= 502)
}
