import type { editor } from 'monaco-editor/editor'
import { type Problem, RUN_OWNER } from '../problems'
import { monaco } from './setup'

/** Errors of the run in one file are marked on the whole rest of their line, so that they are seen. */
export function markRun(model: editor.ITextModel, problems: readonly Problem[]): void {
  const marks = problems
    .filter((problem) => problem.line <= model.getLineCount())
    .map(({ line, column, message }) => ({
      severity: monaco.MarkerSeverity.Error,
      message,
      startLineNumber: line,
      startColumn: column,
      endLineNumber: line,
      endColumn: Math.max(model.getLineMaxColumn(line), column + 1),
    }))
  monaco.editor.setModelMarkers(model, RUN_OWNER, marks)
}
