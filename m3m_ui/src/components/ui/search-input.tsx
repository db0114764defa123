import { Search, X } from 'lucide-react'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import { useOwnText } from '@/lib/use-own-text'
import { Input } from './input'

interface SearchInputProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  maxLength?: number
  className?: string
}

export function SearchInput({ value, onChange, placeholder, maxLength, className }: SearchInputProps) {
  const { t } = useTranslation()
  const { text, write, leave } = useOwnText(value, onChange)
  const field = useRef<HTMLInputElement>(null)
  const label = placeholder ?? t('search')
  return (
    <div className={cn('relative', className)}>
      <Search className="pointer-events-none absolute top-2 left-2.5 size-4 text-faint" aria-hidden />
      <Input
        ref={field}
        type="search"
        className="px-8 [&::-webkit-search-cancel-button]:hidden"
        value={text}
        placeholder={label}
        maxLength={maxLength}
        aria-label={label}
        onChange={(event) => write(event.target.value)}
        onBlur={leave}
      />
      {text !== '' && (
        <button
          type="button"
          className="absolute top-1 right-1 rounded-sm p-1 text-faint hover:text-text"
          aria-label={t('clear')}
          onClick={() => {
            write('')
            field.current?.focus()
          }}
        >
          <X className="size-4" aria-hidden />
        </button>
      )}
    </div>
  )
}
