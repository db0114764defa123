import { Download, EllipsisVertical, FileJson, FileSpreadsheet, FileUp, Plus, RefreshCw, Settings2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuLabel, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { SearchInput } from '@/components/ui/search-input'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { useProjectSlug } from '@/lib/project'
import { ModelSwitch } from '../models/model-switch'
import type { Model } from '../lib/types'
import { useExport } from '../records-api'
import { ColumnsMenu } from './columns-menu'
import { NEW, type View } from './use-view'
import type { useViewSettings } from './view-settings'

interface ToolbarProps {
  model: Model
  view: View
  settings: ReturnType<typeof useViewSettings>
  onImport: () => void
  onRefresh: () => void
  refreshing: boolean
  /** The filter. */
  children: ReactNode
}

export function Toolbar({ model, view, settings, onImport, onRefresh, refreshing, children }: ToolbarProps) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  return (
    <div className="flex shrink-0 flex-col gap-3">
      <div className="flex items-center gap-2">
        <h2 className="min-w-0 truncate text-lg max-lg:hidden">{model.name}</h2>
        <ModelSwitch model={model} />
        <Tooltip text={t('builder.edit')}>
          <Button asChild variant="ghost" size="icon">
            <Link to={`/projects/${project}/data/${model.slug}/model`} aria-label={t('builder.edit')}><Settings2 aria-hidden /></Link>
          </Button>
        </Tooltip>
        <Tooltip text={t('records.refresh')}>
          <Button variant="ghost" size="icon" aria-label={t('records.refresh')} onClick={onRefresh}>
            <RefreshCw className={cn(refreshing && 'animate-spin')} aria-hidden />
          </Button>
        </Tooltip>
        <div className="ml-auto flex items-center gap-2">
          <More model={model} view={view} columns={settings.columns} onImport={onImport} />
          <Button variant="primary" onClick={() => view.open(NEW)} title="N">
            <Plus aria-hidden />
            <span className="max-sm:sr-only">{t('records.new')}</span>
          </Button>
        </div>
      </div>
      <div className="flex flex-wrap items-start gap-2">
        <SearchInput className="w-56 max-sm:flex-1" value={view.search} onChange={view.setSearch} placeholder={t('records.search')} />
        <div className="flex min-w-0 flex-1 items-start gap-2 max-sm:basis-full">
          {children}
          <ColumnsMenu model={model} settings={settings} />
        </div>
      </div>
    </div>
  )
}

interface MoreProps {
  model: Model
  view: View
  columns: readonly string[]
  onImport: () => void
}

function More({ model, view, columns, onImport }: MoreProps) {
  const { t } = useTranslation('data')
  const save = useExport(model.slug)
  const { filter, search } = view
  const isPart = filter !== '' || search !== ''
  return (
    <DropdownMenu>
      <Tooltip text={t('records.more')}>
        <DropdownMenuTrigger asChild>
          <Button size="icon" aria-label={t('records.more')} busy={save.isPending}>{!save.isPending && <EllipsisVertical aria-hidden />}</Button>
        </DropdownMenuTrigger>
      </Tooltip>
      <DropdownMenuContent>
        <DropdownMenuItem onSelect={onImport}><FileUp aria-hidden />{t('import.open')}</DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel>{isPart ? t('export.found') : t('export.all')}</DropdownMenuLabel>
        <DropdownMenuItem onSelect={() => save.mutate({ format: 'csv', filter, search, fields: '' })}><FileSpreadsheet aria-hidden />CSV</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => save.mutate({ format: 'json', filter, search, fields: '' })}><FileJson aria-hidden />JSON</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => save.mutate({ format: 'csv', filter, search, fields: columns.join(',') })}><Download aria-hidden />{t('export.columns')}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
