import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { useStatus } from '@/lib/project'
import { useUser } from '@/lib/use-user'
import { type Branch, useTypes } from './api'
import { Dialogs } from './dialogs'
import { EditorLoading } from './editor-page'
import { fileOfError, MAIN } from './files'
import { FileTree } from './file-tree'
import { CodeEditor } from './lazy-monaco'
import type { EditorHandle } from './monaco/code-editor'
import { BottomPanel } from './panel/bottom-panel'
import { type Problem, problemOf } from './problems'
import { Resizable } from './resizable'
import { Toolbar } from './toolbar'
import { useRun } from './use-run'
import { useRunErrors } from './use-run-errors'
import { useShortcuts } from './use-shortcuts'
import { useView } from './use-view'
import { useWorkspace } from './workspace'

/** Pixels; a narrow window has its parts below each other. */
const PANEL = window.matchMedia('(max-width: 1024px)').matches ? 400 : 260

/** The editor of one branch with all that belongs to it. */
export function Workbench({ project, branch }: { project: string; branch: Branch }) {
  const { t } = useTranslation('code')
  const { workspace, work, isStale } = useWorkspace(useUser().id, project, branch)
  const [view, show] = useView()
  const setFile = useCallback((file: string) => show({ file }), [show])
  const setDialog = useCallback((dialog: string) => show({ dialog, release: '' }), [show])
  const setRelease = useCallback((release: string) => show({ release }), [show])
  const [handle, setHandle] = useState<EditorHandle>()
  const [found, setFound] = useState<Problem[]>([])
  const types = useTypes()
  const run = useRun(workspace, branch.name)
  const errors = useRunErrors({ branch: branch.name }, run.refused)
  const file = fileOfError(view.file, work.files) ?? MAIN
  // compared as text: what fails again at one place is no new mark, so that the mark moves with what is written above it
  const places = JSON.stringify(errors.flatMap((error) => problemOf(error, work.files) ?? []))
  const marked = useMemo(() => JSON.parse(places) as Problem[], [places])

  const { data: status } = useStatus()
  const reveal = useCallback((name: string | null | undefined, line: number, column: number, panel?: string) => {
    const known = fileOfError(name, workspace.store.get().files)
    const parts = { ...(known ? { file: known } : {}), ...(panel ? { panel } : {}) }
    if (show(parts) && known) handle?.reveal(known, line, column)
  }, [handle, show, workspace])
  const { line, column } = view
  useEffect(() => {
    if (!handle || line === '') return
    handle.reveal(file, Number(line) || 1, Number(column) || 1)
    show({ line: '', column: '' })
  }, [column, file, handle, line, show])
  const start = async () => {
    const outcome = await run.run()
    if (outcome === 'runs') show({ panel: 'log' })
    else if (outcome) reveal(outcome.line ? outcome.file : null, outcome.line ?? 1, outcome.column ?? 1, 'problems')
  }
  /** A release serves people: it is not replaced unasked. */
  const ask = () => {
    const isUp = status?.status === 'running' || status?.status === 'starting'
    if (isUp && status.source?.kind === 'release') setDialog('replace')
    else void start()
  }
  useShortcuts({ save: () => void run.save(), run: ask })

  return (
    <>
      <Toolbar branch={branch} workspace={workspace} work={work} run={run} editor={handle} onBranch={(name) => show({ branch: name, file: MAIN })} onStart={ask} onDialog={setDialog} />
      <Notices workspace={{ restored: work.restored, isStale }} onDiscard={() => workspace.discard()} onReview={() => run.setConflict(true)} />
      <div className="flex min-h-0 flex-1 max-md:flex-col">
        <FileTree workspace={workspace} work={work} problems={[...marked, ...found]} file={file} onFile={setFile} />
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          <div className="relative min-h-0 flex-1 bg-surface" role="region" aria-label={t('editor.label', { file })}>
            <Suspense fallback={<EditorLoading />}>
              <CodeEditor
                workspace={workspace}
                file={file}
                types={types.data}
                label={t('editor.aria')}
                runProblems={marked}
                onReady={setHandle}
                onFile={setFile}
                onProblems={setFound}
              />
            </Suspense>
          </div>
          <Resizable name="panel" side="top" initial={PANEL} min={120} max={640} open={view.panel !== ''}>
            <BottomPanel panel={view.panel} onPanel={(panel) => show({ panel })} problems={found} errors={errors} onReveal={reveal} />
          </Resizable>
        </div>
      </div>
      <Dialogs dialog={view.dialog} onDialog={setDialog} release={view.release} onRelease={setRelease} onStart={() => void start()} branch={branch} workspace={workspace} work={work} run={run} />
    </>
  )
}

interface NoticesProps {
  workspace: { restored: boolean; isStale: boolean }
  onDiscard: () => void
  onReview: () => void
}

function Notices({ workspace, onDiscard, onReview }: NoticesProps) {
  const { t } = useTranslation('code')
  const look = 'shrink-0 rounded-none px-4 py-1.5 sm:px-6'
  if (workspace.isStale) {
    return (
      <Alert tone="warning" className={look} actions={<Button size="sm" onClick={onReview}>{t('stale.review')}</Button>}>{t('stale.text')}</Alert>
    )
  }
  if (!workspace.restored) return null
  return <Alert className={look} actions={<Button size="sm" onClick={onDiscard}>{t('restored.discard')}</Button>}>{t('restored.text')}</Alert>
}
