import { Check, ChevronsUpDown } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from './command'
import { inputLook } from './input'
import { Popover, PopoverContent, PopoverTrigger } from './popover'

export interface ComboboxOption {
  value: string
  label: string
  hint?: string
}

interface ComboboxProps {
  id?: string
  value: string | null
  onChange: (value: string) => void
  options: readonly ComboboxOption[]
  /** Given: the options are what the server found for this text, and are not filtered here. */
  onSearch?: (text: string) => void
  loading?: boolean
  placeholder?: string
  disabled?: boolean
  className?: string
  'aria-label'?: string
  'aria-invalid'?: boolean
  'aria-describedby'?: string
}

export function Combobox({ value, onChange, options, onSearch, loading, placeholder, disabled, className, ...trigger }: ComboboxProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const chosen = options.find((option) => option.value === value)
  const choose = (next: string) => {
    onChange(next)
    setOpen(false)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <button
          type="button"
          role="combobox"
          aria-expanded={open}
          disabled={disabled}
          className={cn(inputLook, 'flex h-8 items-center justify-between gap-2 text-left', className)}
          {...trigger}
        >
          <span className={cn('truncate', !chosen && !value && 'text-faint')}>{chosen?.label ?? (value || placeholder)}</span>
          <ChevronsUpDown className="size-4 shrink-0 text-faint" aria-hidden />
        </button>
      </PopoverTrigger>
      <PopoverContent aria-label={trigger['aria-label'] ?? placeholder ?? t('search')} className="w-(--radix-popover-trigger-width) min-w-56 p-0">
        <Command shouldFilter={!onSearch}>
          <CommandInput placeholder={t('search')} onValueChange={onSearch} />
          <CommandList>
            <CommandEmpty>{loading ? t('loading') : t('nothingFound')}</CommandEmpty>
            {options.map((option) => (
              <CommandItem key={option.value} value={option.value} keywords={[option.label, option.hint ?? '']} onSelect={() => choose(option.value)}>
                <span className="truncate">{option.label}</span>
                {option.hint && <span className="ml-auto truncate text-xs text-muted">{option.hint}</span>}
                {option.value === value && <Check className="ml-auto" aria-hidden />}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  )
}
