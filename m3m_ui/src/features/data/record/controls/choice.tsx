import { Check, ChevronsUpDown, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from '@/components/ui/command'
import { inputLook } from '@/components/ui/input'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import type { ControlProps } from '@/components/form/field'
import { cn } from '@/lib/cn'
import { useDebounced } from '@/lib/use-debounced'
import { useFound, useNamed } from '../../records-api'
import { useOtherModel } from '../../api'
import { recordName } from '../../lib/names'
import { isMany, textsOf } from '../../lib/types'
import { asList, type ValueControlProps } from './props'

interface Option {
  value: string
  label: string
  hint?: string
}

interface ChoiceProps {
  tied: ControlProps
  many: boolean
  chosen: readonly Option[]
  options: readonly Option[]
  onChange: (values: string[]) => void
  /** The server searches. */
  onSearch?: (text: string) => void
  onOpen?: (open: boolean) => void
  loading?: boolean
  clearable: boolean
}

/** One or several of many, with a search. */
function Choice({ tied, many, chosen, options, onChange, onSearch, onOpen, loading, clearable }: ChoiceProps) {
  const { t } = useTranslation(['data', 'common'])
  const [open, setOpen] = useState(false)
  const values = chosen.map((each) => each.value)
  const show = (next: boolean) => {
    setOpen(next)
    onOpen?.(next)
  }
  const choose = (value: string) => {
    if (many) onChange(values.includes(value) ? values.filter((each) => each !== value) : [...values, value])
    else {
      onChange([value])
      show(false)
    }
  }
  return (
    <Popover open={open} onOpenChange={show} modal>
      <div className={cn(inputLook, 'flex min-h-8 items-center gap-1 py-0.5 pr-1', tied['aria-invalid'] && 'border-danger')}>
        <div className="flex min-w-0 flex-1 flex-wrap gap-1">
          {chosen.map((each) => (
            <Badge key={each.value} tone="accent" className="h-6" title={each.value}>
              <span className="truncate">{each.label}</span>
              {(many || clearable) && (
                <button type="button" className="-mr-1 rounded-sm p-0.5" aria-label={t('control.remove', { name: each.label })} onClick={() => onChange(values.filter((value) => value !== each.value))}>
                  <X aria-hidden />
                </button>
              )}
            </Badge>
          ))}
          <PopoverTrigger asChild>
            <button type="button" role="combobox" aria-expanded={open} {...tied} className="flex h-6 min-w-12 flex-1 items-center justify-between text-left text-faint outline-none">
              {chosen.length === 0 ? t('control.choose') : <span className="sr-only">{t('control.choose')}</span>}
              <ChevronsUpDown className="ml-auto size-4 shrink-0" aria-hidden />
            </button>
          </PopoverTrigger>
        </div>
      </div>
      <PopoverContent align="end" aria-label={t('control.choose')} className="w-80 max-w-[calc(100vw-2rem)] p-0">
        <Command shouldFilter={!onSearch}>
          <CommandInput placeholder={t('common:search')} onValueChange={onSearch} />
          <CommandList>
            <CommandEmpty>{loading ? t('common:loading') : t('common:nothingFound')}</CommandEmpty>
            {options.map((option) => (
              <CommandItem key={option.value} value={option.value} keywords={[option.label]} onSelect={() => choose(option.value)}>
                <Check className={cn(!values.includes(option.value) && 'invisible')} aria-hidden />
                <span className="truncate">{option.label}</span>
                {option.hint && <span className="ml-auto shrink-0 truncate font-mono text-xs text-faint">{option.hint}</span>}
              </CommandItem>
            ))}
          </CommandList>
        </Command>
      </PopoverContent>
    </Popover>
  )
}

export function MultiselectControl({ field, value, onChange, tied }: ValueControlProps) {
  const option = (each: string): Option => ({ value: each, label: each })
  return <Choice tied={tied} many clearable chosen={asList(value).map(option)} options={textsOf(field, 'values').map(option)} onChange={onChange} />
}

/** The records of another model, by their names; the server searches. */
export function RefControl({ field, value, onChange, tied }: ValueControlProps) {
  const target = String(field.options.model ?? '')
  const model = useOtherModel(target)
  const [open, setOpen] = useState(false)
  const [search, setSearch] = useState('')
  const ids = asList(value)
  const named = useNamed(target, ids)
  const found = useFound(target, useDebounced(search.trim(), 200), open)
  const many = isMany(field)
  const names = new Map([...(named.data ?? []), ...(found.data ?? [])].map((record) => [record.id, recordName(model, record)]))
  return (
    <Choice
      tied={tied}
      many={many}
      clearable={field.nullable}
      chosen={ids.map((id) => ({ value: id, label: names.get(id) ?? `${id.slice(0, 8)}…` }))}
      options={(found.data ?? []).map((record) => ({ value: record.id, label: recordName(model, record), hint: record.id.slice(-6) }))}
      onChange={(next) => onChange(many ? next : (next[0] ?? ''))}
      onSearch={setSearch}
      onOpen={setOpen}
      loading={found.isFetching}
    />
  )
}
