import { Bold, Code, Heading2, Italic, Link, List, type LucideIcon, Quote } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Input, inputLook, Textarea } from '@/components/ui/input'
import { cn } from '@/lib/cn'
import { numberOf } from '../../lib/types'
import { asText, type ValueControlProps } from './props'

const KINDS = { email: { type: 'email', inputMode: 'email' }, url: { type: 'url', inputMode: 'url' } } as const

export function LineControl({ field, value, onChange, tied }: ValueControlProps) {
  const kind = KINDS[field.type as keyof typeof KINDS] ?? {}
  return <Input {...tied} {...kind} autoComplete="off" maxLength={numberOf(field, 'max_length')} value={asText(value)} onChange={(event) => onChange(event.target.value)} />
}

export function AreaControl({ value, onChange, tied }: ValueControlProps) {
  return <Textarea {...tied} className="field-sizing-content max-h-96 min-h-24" value={asText(value)} onChange={(event) => onChange(event.target.value)} />
}

type Mark = 'heading' | 'bold' | 'italic' | 'code' | 'link' | 'list' | 'quote'
/** Before and after what is chosen; a mark of a whole line has no end. */
const MARKS: Record<Mark, { icon: LucideIcon; before: string; after?: string }> = {
  heading: { icon: Heading2, before: '## ' },
  bold: { icon: Bold, before: '**', after: '**' },
  italic: { icon: Italic, before: '_', after: '_' },
  code: { icon: Code, before: '`', after: '`' },
  link: { icon: Link, before: '[', after: '](https://)' },
  list: { icon: List, before: '- ' },
  quote: { icon: Quote, before: '> ' },
}

/** Markdown as it is written, with buttons for its marks. */
export function MarkdownControl({ value, onChange, tied }: ValueControlProps) {
  const { t } = useTranslation('data')
  const area = useRef<HTMLTextAreaElement>(null)
  const text = asText(value)
  const mark = ({ before, after }: { before: string; after?: string }) => {
    const { selectionStart: start, selectionEnd: end } = area.current ?? { selectionStart: text.length, selectionEnd: text.length }
    const from = after === undefined ? text.lastIndexOf('\n', start - 1) + 1 : start
    onChange(text.slice(0, from) + before + text.slice(from, end) + (after ?? '') + text.slice(end))
    requestAnimationFrame(() => {
      area.current?.focus()
      area.current?.setSelectionRange(start + before.length, end + before.length)
    })
  }
  return (
    <div className={cn(inputLook, 'px-0 focus-within:border-ring')}>
      <div role="toolbar" aria-label={t('editor.toolbar')} className="flex flex-wrap gap-0.5 border-b border-line p-1">
        {(Object.keys(MARKS) as Mark[]).map((name) => {
          const Icon = MARKS[name].icon
          return <Button key={name} variant="ghost" size="icon-sm" aria-label={t(`editor.${name}`)} title={t(`editor.${name}`)} onClick={() => mark(MARKS[name])}><Icon aria-hidden /></Button>
        })}
      </div>
      <textarea {...tied} ref={area} className="field-sizing-content block max-h-96 min-h-32 w-full bg-transparent px-2.5 py-1.5 font-mono text-sm outline-none max-sm:text-[16px]" value={text} onChange={(event) => onChange(event.target.value)} />
    </div>
  )
}
