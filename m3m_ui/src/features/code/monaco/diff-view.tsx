import type { editor } from 'monaco-editor/editor'
import { useEffect, useRef } from 'react'
import { shownLanguageOf } from './models'
import { OPTIONS } from './options'
import { monaco } from './setup'

interface DiffViewProps {
  name: string
  before: string
  after: string
  label: string
  /** Given: the right side can be written. */
  onChange?: (text: string) => void
}

/** What has changed in one file. Without a difference it is a reader of the file. */
export function DiffView({ name, before, after, label, onChange }: DiffViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const right = useRef<editor.ITextModel>(undefined)
  const change = useRef(onChange)
  const isEditable = onChange !== undefined
  useEffect(() => {
    change.current = onChange
  })
  useEffect(() => {
    if (!frame.current) return
    const original = monaco.editor.createModel(before, shownLanguageOf(name))
    const modified = monaco.editor.createModel(after, shownLanguageOf(name))
    modified.updateOptions({ tabSize: 2, insertSpaces: true })
    right.current = modified
    const shown = monaco.editor.createDiffEditor(frame.current, {
      ...OPTIONS,
      readOnly: !isEditable,
      originalEditable: false,
      renderOverviewRuler: false,
      renderMarginRevertIcon: isEditable,
      renderGutterMenu: isEditable,
      renderSideBySideInlineBreakpoint: 720,
      useInlineViewWhenSpaceIsLimited: true,
      hideUnchangedRegions: { enabled: true },
      lineNumbersMinChars: 3,
      modifiedAriaLabel: label,
      originalAriaLabel: label,
    })
    for (const side of [shown.getOriginalEditor(), shown.getModifiedEditor()]) keepLabel(side, label)
    shown.setModel({ original, modified })
    const written = modified.onDidChangeContent(() => change.current?.(modified.getValue()))
    return () => {
      written.dispose()
      shown.dispose()
      original.dispose()
      modified.dispose()
    }
    // the right side is what is written here: a new text of it is taken over below
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [name, before, isEditable, label])
  useEffect(() => {
    if (right.current && !right.current.isDisposed() && right.current.getValue() !== after) right.current.setValue(after)
  }, [after])
  return <div ref={frame} className="absolute inset-0" />
}

/** Monaco empties the label of both sides when it changes between side by side and inline. */
function keepLabel(side: editor.ICodeEditor, label: string): void {
  const name = () => side.getRawOptions().ariaLabel !== label && side.updateOptions({ ariaLabel: label })
  name()
  side.onDidChangeConfiguration(name)
}
