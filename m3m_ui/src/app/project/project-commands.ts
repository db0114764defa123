import { ExternalLink, FlaskConical, Play, RotateCw, Square } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { type Command, useCommands } from '@/lib/commands'
import { useProject, useStatus } from '@/lib/project'
import { isRunning, isStartFailure, serviceUrl, useRuns } from '@/lib/runs'
import { toast, toastError } from '@/lib/toast'
import { PROJECT_PAGES } from './pages'

const MAIN_BRANCH = 'develop'

/** What the palette offers on a project's pages: the other pages, and what can be done with its run. */
export function useProjectCommands(slug: string): void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const pages = useMemo<Command[]>(
    () =>
      PROJECT_PAGES.map(({ path, key, icon }) => ({
        id: `project-page:${key}`,
        title: t(`nav.${key}`),
        group: t('palette.project'),
        icon,
        run: () => void navigate(`/projects/${slug}/${path}`),
      })),
    [navigate, slug, t],
  )
  useCommands(useRunCommands(slug))
  useCommands(pages)
}

function useRunCommands(slug: string): Command[] {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: project } = useProject()
  const { data: run } = useStatus()
  const { start, stop, restart } = useRuns((error) => {
    if (!isStartFailure(error)) return toastError(error)
    toast.error(error instanceof Error ? error.message : '', { action: { label: t('nav.overview'), onClick: () => void navigate(`/projects/${slug}`) } })
  })
  const active = project?.active_release
  const runs = run && isRunning(run)
  const doStart = start.mutate
  const doStop = stop.mutate
  const doRestart = restart.mutate
  return useMemo<Command[]>(() => {
    if (runs === undefined) return []
    const group = t('palette.project')
    const open: Command = { id: 'run:open', title: t('run.open'), group, icon: ExternalLink, keywords: ['url'], run: () => void window.open(serviceUrl(slug), '_blank', 'noreferrer') }
    if (runs) {
      return [
        { id: 'run:restart', title: t('run.restart'), group, icon: RotateCw, run: () => doRestart() },
        { id: 'run:stop', title: t('run.stop'), group, icon: Square, run: () => doStop() },
        open,
      ]
    }
    const release: Command[] = active ? [{ id: 'run:start', title: t('run.start', { version: active }), group, icon: Play, run: () => doStart(undefined) }] : []
    return [...release, { id: 'run:debug', title: t('run.debug', { branch: MAIN_BRANCH }), group, icon: FlaskConical, run: () => doStart({ branch: MAIN_BRANCH }) }, open]
  }, [active, doRestart, doStart, doStop, runs, slug, t])
}
