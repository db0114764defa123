import { Bug, Check, CircleDot, Command, EllipsisVertical, History, Keyboard, RotateCcw, Save, Square, Tags, Undo2, Upload, WandSparkles } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { Kbd } from '@/components/ui/simple'
import { Tooltip } from '@/components/ui/tooltip'
import { type Command as PaletteCommand, useCommands } from '@/lib/commands'
import { useProjectSlug, useStatus } from '@/lib/project'
import { isRunning, useRuns } from '@/lib/runs'
import type { Branch } from './api'
import { BranchMenu } from './branch-menu'
import type { EditorHandle } from './monaco/code-editor'
import type { useRun } from './use-run'
import { MOD } from './use-shortcuts'
import type { Work, Workspace } from './workspace'

interface ToolbarProps {
  branch: Branch
  workspace: Workspace
  work: Work
  run: ReturnType<typeof useRun>
  editor: EditorHandle | undefined
  onBranch: (name: string) => void
  onStart: () => void
  onDialog: (name: string) => void
}

export function Toolbar({ branch, workspace, work, run, editor, onBranch, onStart, onDialog }: ToolbarProps) {
  const { t } = useTranslation('code')
  return (
    <div className="flex h-12 shrink-0 items-center gap-2 border-b border-line px-4 sm:px-6" role="toolbar" aria-label={t('toolbar.label')}>
      <BranchMenu branch={branch.name} workspace={workspace} isDirty={work.isDirty} onBranch={onBranch} />
      <SaveState work={work} />
      <div className="ml-auto flex items-center gap-2">
        <Tooltip text={<>{t('toolbar.save')} · {MOD}+S</>}>
          <Button disabled={!work.isDirty} busy={run.isSaving} aria-label={t('toolbar.save')} onClick={() => void run.save()}>
            {!run.isSaving && <Save aria-hidden />}
            <span className="max-lg:hidden">{t('toolbar.save')}</span>
          </Button>
        </Tooltip>
        <RunButtons branch={branch.name} isStarting={run.isStarting} onStart={onStart} />
        <Button variant="primary" className="max-md:hidden" onClick={() => onDialog('publish')}><Upload aria-hidden />{t('toolbar.publish')}</Button>
        <Button asChild className="max-md:hidden"><Link to="releases"><Tags aria-hidden />{t('toolbar.releases')}</Link></Button>
        <MoreMenu work={work} editor={editor} onDialog={onDialog} />
      </div>
    </div>
  )
}

function SaveState({ work }: { work: Work }) {
  const { t } = useTranslation('code')
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-muted max-sm:hidden" role="status">
      {work.isDirty ? <CircleDot className="size-3.5 shrink-0 text-accent-text" aria-hidden /> : <Check className="size-3.5 shrink-0 text-success-text" aria-hidden />}
      <span className="truncate">{work.isDirty ? t('toolbar.unsaved') : t('toolbar.saved', { revision: work.revision })}</span>
    </span>
  )
}

/** A debug run of this branch, or its end. Another source that runs is replaced: the tooltip says so. */
function RunButtons({ branch, isStarting, onStart }: { branch: string; isStarting: boolean; onStart: () => void }) {
  const { t } = useTranslation('code')
  const { data: status } = useStatus()
  const { stop } = useRuns()
  const source = status?.source
  const isUp = isRunning(status)
  const isOurs = isUp && source?.kind === 'branch' && source.name === branch
  const name = isOurs ? t('toolbar.restart') : t('toolbar.debug')
  const hint = isUp && !isOurs ? t('toolbar.replaces', { name: source?.name }) : t('toolbar.debugHint')
  return (
    <>
      <Tooltip text={<>{hint} · {MOD}+Enter</>}>
        <Button busy={isStarting} aria-label={name} onClick={onStart}>
          {!isStarting && (isOurs ? <RotateCcw aria-hidden /> : <Bug aria-hidden />)}
          <span className="max-md:hidden">{name}</span>
        </Button>
      </Tooltip>
      {isUp && (
        <Tooltip text={t('toolbar.stop')}>
          <Button size="icon" aria-label={t('toolbar.stop')} busy={stop.isPending} onClick={() => stop.mutate()}>{!stop.isPending && <Square className="!size-3 fill-current" aria-hidden />}</Button>
        </Tooltip>
      )}
    </>
  )
}

function MoreMenu({ work, editor, onDialog }: Pick<ToolbarProps, 'work' | 'editor' | 'onDialog'>) {
  const { t } = useTranslation('code')
  const navigate = useNavigate()
  const project = useProjectSlug()
  const releases = `/projects/${project}/code/releases`
  useCommands(
    useMemo<PaletteCommand[]>(() => {
      const group = t('title')
      return [
        { id: 'code:publish', title: t('toolbar.publish'), group, icon: Upload, run: () => onDialog('publish') },
        { id: 'code:releases', title: t('toolbar.releases'), group, icon: Tags, run: () => void navigate(releases) },
        { id: 'code:reset', title: t('toolbar.reset'), group, icon: History, run: () => onDialog('reset') },
        { id: 'code:format', title: t('toolbar.format'), group, icon: WandSparkles, run: () => editor?.format() },
        { id: 'code:shortcuts', title: t('toolbar.shortcuts'), group, icon: Keyboard, run: () => onDialog('shortcuts') },
      ]
    }, [t, editor, navigate, onDialog, releases]),
  )
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon" variant="ghost" aria-label={t('toolbar.more')}><EllipsisVertical aria-hidden /></Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        <DropdownMenuItem className="md:hidden" onSelect={() => onDialog('publish')}><Upload aria-hidden />{t('toolbar.publish')}</DropdownMenuItem>
        <DropdownMenuItem className="md:hidden" onSelect={() => void navigate(releases)}><Tags aria-hidden />{t('toolbar.releases')}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => editor?.format()}><WandSparkles aria-hidden />{t('toolbar.format')}<Kbd className="ml-auto">Shift+Alt+F</Kbd></DropdownMenuItem>
        <DropdownMenuItem disabled={!work.isDirty} onSelect={() => onDialog('discard')}><Undo2 aria-hidden />{t('toolbar.discard')}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onDialog('reset')}><History aria-hidden />{t('toolbar.reset')}</DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => setTimeout(() => editor?.palette())}><Command aria-hidden />{t('toolbar.commands')}<Kbd className="ml-auto">F1</Kbd></DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onDialog('shortcuts')}><Keyboard aria-hidden />{t('toolbar.shortcuts')}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
