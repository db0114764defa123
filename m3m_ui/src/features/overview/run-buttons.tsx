import { ChevronDown, Play, RotateCw, Square } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover'
import { Skeleton } from '@/components/ui/simple'
import type { RunStatus } from '@/lib/project'
import { isRunning, isStartFailure, type Startable, useRuns } from '@/lib/runs'
import { toastError } from '@/lib/toast'

const StartMenu = lazy(async () => ({ default: (await import('./start-menu')).StartMenu }))

interface RunButtonsProps {
  run: RunStatus
  /** The release that a start without a choice means. */
  active: string | null
}

/** Start with what there is to start, or stop and restart what runs. */
export function RunButtons({ run, active }: RunButtonsProps) {
  const { t } = useTranslation('overview')
  // a service that does not start is told on the page itself
  const { start, stop, restart, busy } = useRuns((error) => {
    if (!isStartFailure(error)) toastError(error)
  })
  const isMoving = busy || run.status === 'starting' || run.status === 'stopping'
  if (isRunning(run)) {
    return (
      <div className="flex gap-2 max-sm:w-full max-sm:flex-wrap">
        <div className="flex max-sm:flex-1">
          <Button className="rounded-r-none max-sm:flex-1" busy={restart.isPending} disabled={isMoving} onClick={() => restart.mutate()}>
            {!restart.isPending && <RotateCw aria-hidden />}
            {t('restart')}
          </Button>
          <Choice label={t('start.other')} disabled={isMoving} onChoose={(source) => start.mutate(source)} />
        </div>
        <Button className="max-sm:flex-1" busy={stop.isPending} disabled={busy && !stop.isPending} onClick={() => stop.mutate()}>
          {!stop.isPending && <Square aria-hidden />}
          {t('stop')}
        </Button>
      </div>
    )
  }
  const icon = !start.isPending && <Play aria-hidden />
  if (active === null) {
    return (
      <Choice primary label={t('start.choose')} disabled={isMoving} onChoose={(source) => start.mutate(source)}>
        {icon}
        {t('start.open')}
      </Choice>
    )
  }
  return (
    <div className="flex max-sm:w-full">
      <Button variant="primary" className="rounded-r-none max-sm:flex-1" busy={start.isPending} disabled={isMoving} onClick={() => start.mutate(undefined)}>
        {icon}
        {t('start.release', { version: active })}
      </Button>
      <Choice primary label={t('start.other')} disabled={isMoving} onChoose={(source) => start.mutate(source)} />
    </div>
  )
}

interface ChoiceProps {
  label: string
  primary?: boolean
  disabled: boolean
  onChoose: (source: Startable) => void
  /** The words on the button; without them it is the smaller half of another. */
  children?: React.ReactNode
}

function Choice({ label, primary, disabled, onChoose, children }: ChoiceProps) {
  const [open, setOpen] = useState(false)
  const look = children ? 'max-sm:w-full' : `rounded-l-none ${primary ? 'border-l border-white/25' : 'border-l-0'}`
  const choose = (source: Startable) => {
    setOpen(false)
    onChoose(source)
  }
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <PopoverTrigger asChild>
        <Button variant={primary ? 'primary' : 'secondary'} size={children ? 'md' : 'icon'} className={look} disabled={disabled} aria-label={children ? undefined : label}>
          {children}
          <ChevronDown aria-hidden />
        </Button>
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={label} className="w-96 max-w-[calc(100vw-1.5rem)] p-0">
        <Suspense fallback={<Skeleton className="m-2 h-24" />}>
          <StartMenu onChoose={choose} />
        </Suspense>
      </PopoverContent>
    </Popover>
  )
}
