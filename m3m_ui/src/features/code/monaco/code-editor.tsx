import type { editor } from 'monaco-editor/editor'
import { useEffect, useRef } from 'react'
import { MAIN } from '../files'
import type { Workspace } from '../workspace'
import { type Problem, RUN_OWNER, sorted } from '../problems'
import { Models } from './models'
import { gutterFor, OPTIONS } from './options'
import { markRun } from './run-marks'
import { monaco, setTypes } from './setup'

/** What the page asks of the editor. */
export interface EditorHandle {
  format: () => void
  reveal: (file: string, line: number, column: number) => void
  palette: () => void
}

interface CodeEditorProps {
  workspace: Workspace
  file: string
  types: string | undefined
  label: string
  /** Errors of the run, by their place. */
  runProblems: readonly Problem[]
  onReady: (handle: EditorHandle | undefined) => void
  onFile: (name: string) => void
  onProblems: (problems: Problem[]) => void
}

/** All files of a branch in one editor: the one that is open is shown. */
export function CodeEditor({ workspace, file, types, label, runProblems, onReady, onFile, onProblems }: CodeEditorProps) {
  const frame = useRef<HTMLDivElement>(null)
  const shown = useRef<{ editor: editor.IStandaloneCodeEditor; models: Models }>(undefined)
  const told = useRef({ onReady, onFile, onProblems })
  useEffect(() => {
    told.current = { onReady, onFile, onProblems }
  })

  useEffect(() => {
    if (!frame.current) return
    const models = new Models(workspace)
    const made = monaco.editor.create(frame.current, { ...OPTIONS, ...gutterFor(frame.current.clientWidth), model: null, ariaLabel: label })
    shown.current = { editor: made, models }
    const resized = made.onDidLayoutChange(({ width }) => made.updateOptions(gutterFor(width)))
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor: (_source, uri, at) => {
        const name = models.nameAt(uri)
        if (name === undefined) return false
        const place = at && ('lineNumber' in at ? at : { lineNumber: at.startLineNumber, column: at.startColumn })
        told.current.onFile(name)
        reveal(name, place?.lineNumber ?? 1, place?.column ?? 1)
        return true
      },
    })
    const marked = monaco.editor.onDidChangeMarkers(() => told.current.onProblems(problemsOf(models)))
    const reveal = (name: string, line: number, column: number) => {
      if (shown.current?.editor !== made) return
      show(made, models, name)
      made.setPosition({ lineNumber: line, column })
      made.revealLineInCenter(line)
      made.focus()
    }
    told.current.onReady({
      reveal,
      format: () => void made.getAction('editor.action.formatDocument')?.run(),
      palette: () => {
        made.focus()
        made.trigger('page', 'editor.action.quickCommand', null)
      },
    })
    return () => {
      told.current.onReady(undefined)
      for (const each of [resized, opener, marked, made, models]) each.dispose()
      shown.current = undefined
    }
  }, [workspace, label])

  useEffect(() => {
    if (shown.current) show(shown.current.editor, shown.current.models, file)
  }, [file, workspace, label])

  useEffect(() => {
    if (types !== undefined) setTypes(types)
  }, [types])

  useEffect(() => {
    if (shown.current) mark(shown.current.models, runProblems)
  }, [runProblems, workspace, label])

  return <div ref={frame} className="absolute inset-0" data-testid="code-editor" />
}

function show(shown: editor.IStandaloneCodeEditor, models: Models, name: string): void {
  const model = models.get(name) ?? models.get(MAIN)
  if (!model || shown.getModel() === model) return
  const before = models.nameOf(shown.getModel())
  if (before !== undefined) models.leave(before, shown)
  shown.setModel(model)
  shown.restoreViewState(models.placeIn(name))
}

function mark(models: Models, problems: readonly Problem[]): void {
  monaco.editor.removeAllMarkers(RUN_OWNER)
  for (const file of new Set(problems.map((problem) => problem.file))) {
    const model = models.get(file)
    if (model) markRun(model, problems.filter((problem) => problem.file === file))
  }
}

function problemsOf(models: Models): Problem[] {
  const found = monaco.editor.getModelMarkers({}).flatMap<Problem>((marker) => {
    const file = models.nameAt(marker.resource)
    if (file === undefined || marker.owner === RUN_OWNER || marker.severity < monaco.MarkerSeverity.Warning) return []
    const isError = marker.severity === monaco.MarkerSeverity.Error
    return [{ file, line: marker.startLineNumber, column: marker.startColumn, message: marker.message, kind: isError ? 'error' : 'warning' }]
  })
  return sorted(found)
}
