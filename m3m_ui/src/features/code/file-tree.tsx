import { ChevronDown, FilePlus2, FileBraces, FileCode2, FileText, Folder, MoreHorizontal } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { FileDialog, type FileTask } from './file-dialog'
import { type Change, changesOf, MAIN, namesOf } from './files'
import type { Problem } from './problems'
import { Resizable } from './resizable'
import { rowsOf } from './tree-rows'
import type { Work, Workspace } from './workspace'

interface FileTreeProps {
  workspace: Workspace
  work: Work
  problems: readonly Problem[]
  file: string
  onFile: (name: string) => void
}

/** The files of the branch: a tree where there is room, a menu on a phone. */
export function FileTree({ workspace, work, problems, file, onFile }: FileTreeProps) {
  const { t } = useTranslation('code')
  const [task, setTask] = useState<FileTask>()
  const changes = new Map(changesOf(work.base, work.files).map((change) => [change.name, change.kind]))
  const names = namesOf(work.files)
  return (
    <>
      <Resizable name="files" side="right" initial={200} min={140} max={420} className="flex flex-col border-r border-line max-md:hidden">
        <div className="flex h-9 shrink-0 items-center justify-between pr-1.5 pl-4 sm:pl-6">
          <h2 className="text-xs font-medium text-muted">{t('files.title')}</h2>
          <Tooltip text={t('files.add')}>
            <Button size="icon-sm" variant="ghost" aria-label={t('files.add')} onClick={() => setTask({ kind: 'add' })}><FilePlus2 aria-hidden /></Button>
          </Tooltip>
        </div>
        <ul className="min-h-0 flex-1 overflow-y-auto pb-2" aria-label={t('files.title')}>
          {rowsOf(names).map((row) =>
            row.isFolder ? (
              <li key={`${row.path}/`} className="flex h-7 items-center gap-1.5 pr-2 text-sm text-muted" style={{ paddingLeft: 24 + row.depth * 14 }}>
                <Folder className="size-3.5 shrink-0 text-faint" aria-hidden />
                <span className="truncate">{row.label}</span>
              </li>
            ) : (
              <FileRow
                key={row.path}
                name={row.path}
                label={row.label}
                depth={row.depth}
                isOpen={row.path === file}
                change={changes.get(row.path)}
                hasErrors={problems.some((problem) => problem.file === row.path && problem.kind !== 'warning')}
                onOpen={() => onFile(row.path)}
                onTask={setTask}
              />
            ),
          )}
        </ul>
      </Resizable>
      <div className="flex h-9 shrink-0 items-center border-b border-line px-2 md:hidden">
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="sm" variant="ghost" className="min-w-0 shrink">
              <FileIcon name={file} />
              <span className="truncate font-mono">{file}</span>
              {changes.has(file) && <Unsaved />}
              <ChevronDown aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuRadioGroup value={file} onValueChange={onFile}>
              {names.map((name) => <DropdownMenuRadioItem key={name} value={name} className="font-mono text-xs">{name}</DropdownMenuRadioItem>)}
            </DropdownMenuRadioGroup>
            <DropdownMenuSeparator />
            <DropdownMenuItem onSelect={() => setTask({ kind: 'add' })}><FilePlus2 aria-hidden />{t('files.add')}</DropdownMenuItem>
            {file !== MAIN && <DropdownMenuItem onSelect={() => setTask({ kind: 'rename', name: file })}>{t('files.rename')}</DropdownMenuItem>}
            {file !== MAIN && <DropdownMenuItem danger onSelect={() => setTask({ kind: 'delete', name: file })}>{t('files.delete')}</DropdownMenuItem>}
          </DropdownMenuContent>
        </DropdownMenu>
      </div>
      {task && <FileDialog task={task} workspace={workspace} file={file} onFile={onFile} onClose={() => setTask(undefined)} />}
    </>
  )
}

interface FileRowProps {
  name: string
  label: string
  depth: number
  isOpen: boolean
  change: Change['kind'] | undefined
  hasErrors: boolean
  onOpen: () => void
  onTask: (task: FileTask) => void
}

function FileRow({ name, label, depth, isOpen, change, hasErrors, onOpen, onTask }: FileRowProps) {
  const { t } = useTranslation('code')
  return (
    <li className={cn('group relative flex h-7 items-center hover:bg-hover', isOpen && 'bg-accent-soft hover:bg-accent-soft')}>
      <button
        type="button"
        aria-current={isOpen || undefined}
        onClick={onOpen}
        className={cn('flex h-full min-w-0 flex-1 items-center gap-1.5 pr-8 text-left text-sm -outline-offset-2', hasErrors && 'text-danger-text')}
        style={{ paddingLeft: 24 + depth * 14 }}
      >
        <FileIcon name={name} />
        <span className="truncate" title={name}>{label}</span>
        {change && <Unsaved />}
      </button>
      {name !== MAIN && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button size="icon-sm" variant="ghost" className="absolute right-1 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100" aria-label={t('files.actions', { name })}>
              <MoreHorizontal aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="start">
            <DropdownMenuItem onSelect={() => onTask({ kind: 'rename', name })}>{t('files.rename')}</DropdownMenuItem>
            <DropdownMenuItem danger onSelect={() => onTask({ kind: 'delete', name })}>{t('files.delete')}</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
    </li>
  )
}

function Unsaved() {
  const { t } = useTranslation('code')
  return <span role="img" className="size-1.5 shrink-0 rounded-full bg-accent-text" aria-label={t('files.unsaved')} title={t('files.unsaved')} />
}

function FileIcon({ name }: { name: string }) {
  const Icon = name.endsWith('.json') ? FileBraces : /\.(md|txt|html|css)$/.test(name) ? FileText : FileCode2
  return <Icon className="size-3.5 shrink-0 text-faint" aria-hidden />
}
