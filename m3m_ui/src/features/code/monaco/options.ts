import type { editor } from 'monaco-editor/editor'

const FONT = "ui-monospace, 'SF Mono', SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace"

/** What all editors of the page have in common. */
export const OPTIONS: editor.IEditorOptions & editor.IGlobalEditorOptions = {
  automaticLayout: true,
  fontFamily: FONT,
  fontSize: 13,
  lineHeight: 20,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  padding: { top: 8, bottom: 8 },
  smoothScrolling: true,
  renderLineHighlight: 'line',
  renderFinalNewline: 'on', // 'dimmed' is too faint to be read
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  suggest: { showWords: false },
  fixedOverflowWidgets: true,
  stickyScroll: { enabled: false },
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, useShadows: false },
}

/** Narrow windows have no room for a gutter. */
export function gutterFor(width: number): editor.IEditorOptions {
  return width < 560
    ? { lineNumbersMinChars: 2, folding: false, lineDecorationsWidth: 6, wordWrap: 'on' }
    : { lineNumbersMinChars: 4, folding: true, lineDecorationsWidth: 10, wordWrap: 'off' }
}
