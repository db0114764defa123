import { useMemo, useRef } from 'react'

interface NumberedTextProps {
  name: string
  text: string
  onChange: (text: string) => void
}

/** The numbers scroll with the text; one element for all of them, however many lines there are. */
export function NumberedText({ name, text, onChange }: NumberedTextProps) {
  const numbers = useRef<HTMLPreElement>(null)
  const lines = useMemo(() => text.split('\n').length, [text])
  const shown = useMemo(() => Array.from({ length: lines }, (_, index) => index + 1).join('\n'), [lines])
  return (
    <div className="flex min-h-0 flex-1 bg-surface font-mono text-sm leading-5">
      <pre ref={numbers} aria-hidden className="tabular shrink-0 overflow-hidden border-r border-line bg-subtle py-3 pr-2.5 pl-3 text-right font-mono text-faint select-none">
        {shown}
      </pre>
      <textarea
        aria-label={name} value={text} wrap="off" spellCheck={false} autoCapitalize="off" autoComplete="off" autoFocus
        className="min-w-0 flex-1 resize-none overflow-auto bg-transparent px-3 py-3 leading-5 outline-none"
        onChange={(event) => onChange(event.target.value)}
        onScroll={(event) => {
          if (numbers.current) numbers.current.scrollTop = event.currentTarget.scrollTop
        }}
      />
    </div>
  )
}
