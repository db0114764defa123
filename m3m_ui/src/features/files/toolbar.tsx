import { ChevronRight, FilePlus, FolderPlus, House, LayoutGrid, Link2, List, Plus, Upload } from 'lucide-react'
import { type MouseEvent, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import { Tooltip } from '@/components/ui/tooltip'
import type { Task } from './actions'
import type { Chosen } from './dropped'
import { SORTS } from './listing'
import { folderAddress, trail } from './paths'
import { LINKS, type View } from './use-view'

interface ToolbarProps {
  view: View
  onFiles: (files: readonly Chosen[]) => void
  onTask: (task: Task) => void
}

export function Toolbar({ view, onFiles, onTask }: ToolbarProps) {
  const { t } = useTranslation('files')
  return (
    <div className="mb-3 flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Trail view={view} />
        <div className="flex items-center gap-2 max-sm:w-full">
          <Tooltip text={t('links.title')}>
            <Button size="icon" aria-label={t('links.title')} onClick={() => view.setDialog(LINKS)}><Link2 aria-hidden /></Button>
          </Tooltip>
          <DropdownMenu>
            <DropdownMenuTrigger asChild><Button className="max-sm:flex-1"><Plus aria-hidden />{t('new.open')}</Button></DropdownMenuTrigger>
            <DropdownMenuContent>
              <DropdownMenuItem onSelect={() => onTask({ do: 'folder' })}><FolderPlus aria-hidden />{t('new.folder')}</DropdownMenuItem>
              <DropdownMenuItem onSelect={() => onTask({ do: 'file' })}><FilePlus aria-hidden />{t('new.file')}</DropdownMenuItem>
            </DropdownMenuContent>
          </DropdownMenu>
          <UploadButton onFiles={onFiles} className="max-sm:flex-1" />
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <SearchInput value={view.search} onChange={view.setSearch} placeholder={t('search')} className="min-w-40 flex-1 max-sm:basis-full sm:max-w-xs" />
        <Select
          aria-label={t('sort.label')} className="w-auto min-w-36 max-sm:flex-1" value={view.sort} onChange={view.setSort}
          options={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))}
        />
        <ViewSwitch view={view} />
      </div>
    </div>
  )
}

/** The way from the top folder to this one. */
function Trail({ view }: { view: View }) {
  const { t } = useTranslation('files')
  const { search } = useLocation()
  const steps = trail(view.folder)
  const enter = (event: MouseEvent, path: string) => {
    if (event.metaKey || event.ctrlKey) return
    event.preventDefault()
    view.go(path)
  }
  return (
    <nav aria-label={t('trail')} className="min-w-0">
      <ol className="flex flex-wrap items-center gap-0.5 text-sm">
        {steps.map(({ name, path }, index) => (
          <li key={path} className="flex min-w-0 items-center gap-0.5">
            {index > 0 && <ChevronRight className="size-3.5 shrink-0 text-faint" aria-hidden />}
            <Link
              to={{ pathname: folderAddress(view.project, path), search }}
              onClick={(event) => enter(event, path)}
              aria-current={index === steps.length - 1 ? 'location' : undefined}
              className="flex h-7 min-w-0 items-center gap-1.5 rounded-md px-1.5 text-muted hover:bg-hover hover:text-text aria-[current=location]:font-medium aria-[current=location]:text-text"
            >
              {index === 0 && <House className="size-4 shrink-0" aria-hidden />}
              <span className="max-w-48 truncate">{name || t('top')}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}

function ViewSwitch({ view }: { view: View }) {
  const { t } = useTranslation('files')
  return (
    <div role="group" aria-label={t('view.label')} className="flex rounded-md border border-line-strong bg-surface p-px shadow-card sm:ml-auto">
      {([['list', List], ['grid', LayoutGrid]] as const).map(([name, Icon]) => (
        <Tooltip key={name} text={t(`view.${name}`)}>
          <button
            type="button" aria-label={t(`view.${name}`)} aria-pressed={view.view === name} onClick={() => view.setView(name)}
            className="grid h-[28px] w-8 place-items-center rounded-[4px] text-muted hover:text-text aria-pressed:bg-pressed aria-pressed:text-text"
          >
            <Icon className="size-4" aria-hidden />
          </button>
        </Tooltip>
      ))}
    </div>
  )
}

export function UploadButton({ onFiles, className }: { onFiles: (files: readonly Chosen[]) => void; className?: string }) {
  const { t } = useTranslation('files')
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input} type="file" multiple hidden aria-label={t('upload.choose')}
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])].map((file) => ({ file, folder: '' })))
          event.target.value = ''
        }}
      />
      <Button variant="primary" className={className} onClick={() => input.current?.click()}>
        <Upload aria-hidden />
        {t('upload.open')}
      </Button>
    </>
  )
}
