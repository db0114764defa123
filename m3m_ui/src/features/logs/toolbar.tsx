import { Download, Pause, Play, WrapText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { SearchInput } from '@/components/ui/search-input'
import { Select } from '@/components/ui/select'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { formatNumber } from '@/lib/format'
import { useStatus } from '@/lib/project'
import { isRunning } from '@/lib/runs'
import { useDownload } from './api'
import { LEVELS } from './entries'
import type { Phase } from './use-log'

const ALL = 'all'
/** What the server looks for at most. */
const LONGEST = 200

interface FilterBarProps {
  level: string
  onLevel: (level: string) => void
  search: string
  onSearch: (search: string) => void
}

export function FilterBar({ level, onLevel, search, onSearch }: FilterBarProps) {
  const { t } = useTranslation('logs')
  const levels = [{ value: ALL, label: t('levels.all') }, ...LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))]
  return (
    <div className="flex min-w-0 gap-2 max-sm:contents">
      <SearchInput value={search} onChange={onSearch} maxLength={LONGEST} placeholder={t('search')} className="w-72 min-w-0 max-sm:col-span-2 max-sm:w-full" />
      <Select aria-label={t('level')} value={level || ALL} onChange={(value) => onLevel(value === ALL ? '' : value)} options={levels} className="w-36 max-sm:max-w-36" />
    </div>
  )
}

interface ActionsProps {
  phase: Phase
  isPaused: boolean
  held: number
  onPause: (isPaused: boolean) => void
  wrap: boolean
  onWrap: (wrap: boolean) => void
}

export function Actions({ phase, isPaused, held, onPause, wrap, onWrap }: ActionsProps) {
  const { t } = useTranslation('logs')
  const download = useDownload()
  const Icon = isPaused ? Play : Pause
  const pause = isPaused ? t('resume') : t('pause')
  return (
    <div className="flex items-center gap-1 justify-self-end">
      <Connection phase={phase} isPaused={isPaused} />
      <Button variant={isPaused ? 'primary' : 'secondary'} size={isPaused && held > 0 ? 'md' : 'icon'} aria-label={held > 0 ? undefined : pause} title={pause} onClick={() => onPause(!isPaused)}>
        <Icon aria-hidden />
        {isPaused && held > 0 && t('held', { count: held, shown: formatNumber(held) })}
      </Button>
      <Tooltip text={t('wrap')}>
        <Button variant="ghost" size="icon" aria-label={t('wrap')} aria-pressed={wrap} className="aria-pressed:bg-pressed aria-pressed:text-text" onClick={() => onWrap(!wrap)}>
          <WrapText aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={t('download')}>
        <Button variant="ghost" size="icon" aria-label={t('download')} busy={download.isPending} onClick={() => download.mutate()}>
          {!download.isPending && <Download aria-hidden />}
        </Button>
      </Tooltip>
    </div>
  )
}

/** Whether lines come, as a dot and a word. */
function Connection({ phase, isPaused }: { phase: Phase; isPaused: boolean }) {
  const { t } = useTranslation('logs')
  const { data: run } = useStatus()
  if (phase === 'failed') return null
  const state = phase === 'live' ? (isPaused ? 'paused' : isRunning(run) ? 'live' : 'still') : phase
  const dot = { live: 'bg-success', paused: 'bg-warning', still: 'bg-line-strong', lost: 'bg-warning animate-pulse', loading: 'bg-line-strong animate-pulse' }[state]
  return (
    <span role="status" className="mr-2 inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted">
      <span className={cn('size-2 rounded-full', dot)} aria-hidden />
      {t(`state.${state}`)}
    </span>
  )
}
