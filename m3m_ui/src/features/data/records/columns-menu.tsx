import { Columns3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuCheckboxItem, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { Tooltip } from '@/components/ui/tooltip'
import { TypeIcon } from '../lib/type-icon'
import { labelOf, type Model } from '../lib/types'
import { useColumnName } from './use-column-name'
import { allColumns, type useViewSettings } from './view-settings'

interface ColumnsMenuProps {
  model: Model
  settings: ReturnType<typeof useViewSettings>
}

export function ColumnsMenu({ model, settings }: ColumnsMenuProps) {
  const { t } = useTranslation('data')
  const nameOf = useColumnName()
  const { columns, change } = settings
  const all = allColumns(model)
  const show = (name: string, on: boolean) => {
    const next = on ? [...columns, name] : columns.filter((each) => each !== name)
    // what is shown again stands where it stands in the model
    change({ columns: on ? next.sort((a, b) => all.indexOf(a) - all.indexOf(b)) : next })
  }
  return (
    <DropdownMenu>
      <Tooltip text={t('columns.label')}>
        <DropdownMenuTrigger asChild>
          <Button size="icon" aria-label={t('columns.label')}><Columns3 aria-hidden /></Button>
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent className="w-60">
        <DropdownMenuLabel>{t('columns.label')}</DropdownMenuLabel>
        {all.map((name) => {
          const field = model.fields.find((each) => each.key === name)
          return (
            <DropdownMenuCheckboxItem key={name} checked={columns.includes(name)} onCheckedChange={(on) => show(name, on)} onSelect={(event) => event.preventDefault()}>
              <TypeIcon type={field?.type ?? 'datetime'} />
              <span className="truncate">{field ? labelOf(field) : nameOf(name)}</span>
            </DropdownMenuCheckboxItem>
          )
        })}
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => change({ columns: undefined, widths: {} })}>{t('columns.reset')}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
