import { type PointerEvent, useMemo, useState } from 'react'
import { cn } from '@/lib/cn'
import { formatTime } from '@/lib/format'
import { sparkPath } from '@/lib/spark-path'

const WIDTH = 288
const HEIGHT = 56
const LOOK = ['text-accent-text', 'text-faint']
const DANGER = ['text-danger-text']

interface TimeChartProps {
  name: string
  /** What each line is, when there are several. */
  legend?: readonly string[]
  lines: readonly (readonly (number | null)[])[]
  /** The beginnings of the slots. */
  times: readonly string[]
  /** What is told while nothing is pointed at. */
  summary: readonly (number | null)[]
  summaryNote: string
  least: number
  danger?: boolean
  format: (value: number) => string
}

/** A day as a line, with the value of the moment that is pointed at in place of the summary. */
export function TimeChart({ name, legend, lines, times, summary, summaryNote, least, danger, format }: TimeChartProps) {
  const [at, setAt] = useState<number>()
  const paths = useMemo(() => {
    const top = Math.max(least, ...lines.flat().map((value) => value ?? 0))
    return lines.map((values) => sparkPath(values, WIDTH, HEIGHT, top))
  }, [least, lines])
  const point = (event: PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left) / box.width
    setAt(Math.min(Math.max(Math.round(share * (times.length - 1)), 0), times.length - 1))
  }
  const moment = at === undefined ? undefined : times[at]
  const values = at === undefined ? summary : lines.map((line) => line[at] ?? null)
  const colors = danger ? DANGER : LOOK
  const told = values.map((value) => (value === null ? '–' : format(value)))
  return (
    <div className="min-w-0 bg-surface px-3 py-3 sm:px-4">
      <div className="flex items-baseline justify-between gap-2 text-xs text-muted">
        <h3 className="truncate font-medium">{name}</h3>
        <span className={cn('tabular shrink-0', !moment && 'max-sm:hidden')}>{moment ? formatTime(moment) : summaryNote}</span>
      </div>
      <p className={cn('tabular mt-0.5 flex h-6 items-baseline gap-2 font-semibold whitespace-nowrap sm:gap-3', legend ? 'text-sm sm:text-base' : 'text-base')}>
        {told.map((text, index) => (
          <span key={index}>
            {text}
            {legend && <span className={cn('ml-1 text-xs font-normal max-sm:ml-0.5 max-sm:text-[10px]', colors[index])}>{legend[index]}</span>}
          </span>
        ))}
      </p>
      <div className="relative mt-1.5 touch-pan-y" onPointerMove={point} onPointerDown={point} onPointerLeave={() => setAt(undefined)}>
        <svg role="img" aria-label={`${name}: ${told.join(', ')}`} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" className="block h-14 w-full">
          {paths.map(({ line, area }, index) => (
            <g key={index} className={colors[index]}>
              {index === 0 && <path d={area} fill="currentColor" opacity={0.1} />}
              <path d={line} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
            </g>
          ))}
        </svg>
        <div className="h-px bg-line" />
        {at !== undefined && <div className="pointer-events-none absolute inset-y-0 w-px bg-line-strong" style={{ left: `${(at / Math.max(times.length - 1, 1)) * 100}%` }} />}
      </div>
    </div>
  )
}
