import type { editor } from 'monaco-editor/editor'
import { useEffect, useRef, useState } from 'react'
import type { Problem } from '../problems'
import { shownLanguageOf } from './models'
import { gutterFor, OPTIONS } from './options'
import { markRun } from './run-marks'
import { monaco } from './setup'

interface CodeViewProps {
  name: string
  code: string
  label: string
  /** Errors of the run in this file. */
  problems: readonly Problem[]
  /** The line to show, once. */
  line: number | undefined
  onLine: () => void
}

/** A file to read. */
export function CodeView({ name, code, label, problems, line, onLine }: CodeViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [shown, setShown] = useState<{ editor: editor.IStandaloneCodeEditor; model: editor.ITextModel }>()
  useEffect(() => {
    if (!frame.current) return
    const model = monaco.editor.createModel(code, shownLanguageOf(name))
    const made = monaco.editor.create(frame.current, { ...OPTIONS, ...gutterFor(frame.current.clientWidth), model, readOnly: true, domReadOnly: true, renderValidationDecorations: 'on', ariaLabel: label })
    setShown({ editor: made, model })
    return () => {
      setShown(undefined)
      made.dispose()
      model.dispose()
    }
  }, [name, code, label])
  useEffect(() => {
    if (shown) markRun(shown.model, problems)
  }, [problems, shown])
  useEffect(() => {
    if (!shown || line === undefined) return
    shown.editor.setPosition({ lineNumber: line, column: 1 })
    shown.editor.revealLineInCenter(line)
    onLine()
  }, [line, onLine, shown])
  return <div ref={frame} className="absolute inset-0" />
}
