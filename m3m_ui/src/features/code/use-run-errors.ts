import { useMemo } from 'react'
import { useProject, useStatus } from '@/lib/project'
import { useTried } from '@/lib/runs'
import type { RunError } from './problems'

/** Who tries out what is written here does not want to wait for its errors. */
const WATCH_MS = 1_500

/** What has failed last in a branch or a release, also while it runs, and why its code does not start when that was refused here. */
export function useRunErrors(source: { branch: string } | { version: string }, refused?: RunError): RunError[] {
  const { data: status } = useStatus(WATCH_MS)
  const tried = useNameOfTried()
  const name = 'branch' in source ? `branch ${source.branch}` : `release ${source.version}`
  const running = status?.source && `${status.source.kind} ${status.source.name}`
  // after a start that failed nothing runs: the error is of what was tried
  const last = (running ?? tried) === name ? status?.last_error : null
  const other = last && last.line !== refused?.line ? last : null
  return useMemo(() => [refused, other].filter((error) => error !== null && error !== undefined), [other, refused])
}

function useNameOfTried(): string | null {
  const tried = useTried()
  const active = useProject().data?.active_release
  if (tried === null) return null
  if (tried && 'branch' in tried) return `branch ${tried.branch}`
  return `release ${tried?.version ?? active}`
}
