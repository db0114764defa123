import { useEffect } from 'react'

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · M3M`
    return () => {
      document.title = 'M3M'
    }
  }, [title])
}
