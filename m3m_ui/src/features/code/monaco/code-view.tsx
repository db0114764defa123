import { useEffect, useRef } from 'react'
import { shownLanguageOf } from './models'
import { gutterFor, OPTIONS } from './options'
import { monaco } from './setup'

interface CodeViewProps {
  name: string
  code: string
  label: string
}

/** A file to read. */
export function CodeView({ name, code, label }: CodeViewProps) {
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!frame.current) return
    const model = monaco.editor.createModel(code, shownLanguageOf(name))
    const made = monaco.editor.create(frame.current, { ...OPTIONS, ...gutterFor(frame.current.clientWidth), model, readOnly: true, domReadOnly: true, ariaLabel: label })
    return () => {
      made.dispose()
      model.dispose()
    }
  }, [name, code, label])
  return <div ref={frame} className="absolute inset-0" />
}
