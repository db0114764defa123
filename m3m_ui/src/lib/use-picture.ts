import { useQuery } from '@tanstack/react-query'
import { rawFetch } from './api'
import { apiURL } from './config'

/** A picture that needs a sign-in, as an address for <img>. `path` is an address of the API; null for none. */
export function usePicture(path: string | null): string | undefined {
  const { data } = useQuery({
    queryKey: ['picture', path],
    queryFn: async ({ signal }) => asDataUrl(await (await rawFetch((path ?? '').replace(apiURL, ''), { signal })).blob()),
    enabled: path !== null,
    staleTime: Infinity,
    retry: false,
  })
  return data
}

// Unlike an object URL it needs no clearing up; for small pictures only.
function asDataUrl(picture: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(reader.result as string)
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'))
    reader.readAsDataURL(picture)
  })
}
