import { Filter, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { inputLook } from '@/components/ui/input'
import { cn } from '@/lib/cn'
import type { ApiError } from '@/lib/api'
import type { Model } from '../lib/types'
import { complete, lengthAt, type Suggestion } from './completion'

interface FilterBarProps {
  model: Model
  models: readonly Model[]
  /** The filter that holds now. */
  value: string
  onApply: (filter: string) => void
  /** What the server has against it. */
  error: ApiError | undefined
}

const textLook = 'h-8 pr-8 pl-8 font-mono text-sm leading-[30px] whitespace-pre max-sm:text-[16px]'

/** A line for a filter: completes, is used with Enter, and is underlined where the server finds it wrong. */
export function FilterBar({ model, models, value, onApply, error }: FilterBarProps) {
  const { t } = useTranslation(['data', 'common'])
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const under = useRef<HTMLDivElement>(null)
  const [text, setText] = useState(value)
  const [caret, setCaret] = useState<number | null>(null)
  const [active, setActive] = useState(-1)
  const [last, setLast] = useState(value)
  if (value !== last) {
    setLast(value)
    setText(value)
  }
  const { from, items } = caret === null ? { from: 0, items: [] } : complete(text, caret, model, models)
  const wrong = text === value ? error : undefined
  const change = (next: string, at: number | null) => {
    setText(next)
    setCaret(at)
    setActive(-1)
  }
  const choose = ({ text: chosen, after }: Suggestion) => {
    const rest = text.slice(caret ?? text.length)
    const begin = text.slice(0, from) + chosen + (rest.startsWith(' ') ? '' : after)
    change(begin + rest, begin.length)
    requestAnimationFrame(() => input.current?.setSelectionRange(begin.length, begin.length))
  }
  const apply = (filter: string) => {
    setCaret(null)
    onApply(filter.trim() === '' ? '' : filter)
  }
  const press = (event: KeyboardEvent) => {
    // Tab completes what is being written; after it, with nothing written yet, Tab goes on to the next control
    const begun = caret === null || from === caret ? undefined : items.find((item) => item.text !== text.slice(from, caret))
    const chosen = active === -1 && event.key === 'Tab' ? begun : items[active]
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && items.length > 0) {
      event.preventDefault()
      setActive((now) => (now + (event.key === 'ArrowDown' ? 1 : now <= 0 ? items.length - (now + 1) : -1)) % items.length)
    } else if (event.key === 'ArrowDown') setCaret(input.current?.selectionStart ?? text.length)
    else if ((event.key === 'Tab' && !event.shiftKey || event.key === 'Enter') && chosen) {
      event.preventDefault()
      choose(chosen)
    } else if (event.key === 'Enter') apply(text)
    else if (event.key === 'Escape' && caret !== null) setCaret(null)
  }
  useEffect(() => {
    if (under.current && input.current) under.current.scrollLeft = input.current.scrollLeft
  })
  return (
    <div className="relative min-w-0 flex-1 basis-64">
      <Filter className="pointer-events-none absolute top-2 left-2.5 z-10 size-4 text-faint" aria-hidden />
      <input
        ref={input}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={`${id}-list`}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        aria-autocomplete="list"
        aria-label={t('filter.label')}
        aria-invalid={wrong ? true : undefined}
        aria-describedby={wrong ? `${id}-error` : undefined}
        placeholder={t('filter.placeholder')}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className={cn(inputLook, textLook, 'text-ellipsis')}
        value={text}
        onChange={(event) => change(event.target.value, event.target.selectionStart)}
        onClick={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={press}
        onScroll={(event) => under.current?.scrollTo(event.currentTarget.scrollLeft, 0)}
        onBlur={() => setCaret(null)}
      />
      <WrongPlace ref={under} text={text} error={wrong} />
      {text !== '' && (
        <button type="button" className="absolute top-1 right-1 rounded-sm p-1 text-faint hover:text-text" aria-label={t('filter.clear')} onClick={() => { change('', null); apply('') }}>
          <X className="size-4" aria-hidden />
        </button>
      )}
      {items.length > 0 && (
        <ul id={`${id}-list`} role="listbox" aria-label={t('filter.label')} className="absolute top-9 left-0 z-30 max-h-72 min-w-56 overflow-y-auto rounded-lg border border-line bg-raised p-1 shadow-raised">
          {items.map((item, index) => (
            <li
              key={item.text}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              className="flex h-7 items-center justify-between gap-6 rounded-md px-2 font-mono text-xs aria-selected:bg-hover hover:bg-hover"
              onMouseDown={(event) => { event.preventDefault(); choose(item) }}
            >
              {item.text}
              <span className="font-sans text-faint">{t(`filter.kinds.${item.kind}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {wrong && <p id={`${id}-error`} role="alert" className="mt-1 text-xs text-danger-text wrap-anywhere">{wrong.message}</p>}
    </div>
  )
}

interface WrongPlaceProps {
  ref: React.Ref<HTMLDivElement>
  text: string
  error: ApiError | undefined
}

/** The same text, unseen, over the input: only the line under the wrong part shows. */
function WrongPlace({ ref, text, error }: WrongPlaceProps) {
  const position = error?.details.position
  if (typeof position !== 'number') return null
  const end = position + lengthAt(text, position)
  return (
    <div ref={ref} aria-hidden className={cn(textLook, 'pointer-events-none absolute inset-x-0 top-px overflow-hidden border-x border-transparent text-transparent')}>
      {text.slice(0, position)}
      <span data-testid="wrong-place" className="underline decoration-danger decoration-wavy decoration-2 underline-offset-4 [text-decoration-skip-ink:none]">
        {text.slice(position, end) || '  '}
      </span>
      {text.slice(end)}
    </div>
  )
}
