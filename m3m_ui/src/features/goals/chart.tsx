import { useEffect, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { colorValue } from '@/lib/colors'
import { formatNumber } from '@/lib/format'
import { useStore } from '@/lib/store'
import { isDark } from '@/lib/theme'
import type { Point } from './api'
import { dayName, shortDayName } from './period'

const HEIGHT = 260
const WIDEST_BAR = 40

interface ChartProps {
  points: readonly Point[]
  color: string | null
  label: string
}

/** Bars over days, weeks or months. A canvas knows no CSS variables, so it is drawn anew for another theme. */
export function Chart({ points, color, label }: ChartProps) {
  const frame = useRef<HTMLDivElement>(null)
  const dark = useStore(isDark)
  const [over, setOver] = useState<number>()
  const point = over === undefined ? undefined : points[over]
  useEffect(() => {
    const place = frame.current
    if (!place) return undefined
    const chart = new uPlot(optionsOf(place, points, color, setOver), [points.map((_, index) => index), points.map(({ value }) => value)], place)
    const watch = new ResizeObserver(() => chart.setSize({ width: place.clientWidth, height: HEIGHT }))
    watch.observe(place)
    return () => {
      watch.disconnect()
      chart.destroy()
    }
  }, [points, color, dark])
  return (
    <div>
      <p className="tabular h-5 text-right text-xs text-muted" aria-hidden>
        {point && <>{dayName(point.date)} <b className="text-text">{formatNumber(point.value)}</b></>}
      </p>
      <div ref={frame} role="img" aria-label={label} className="h-65 w-full" />
    </div>
  )
}

function optionsOf(place: HTMLElement, points: readonly Point[], color: string | null, onOver: (index: number | undefined) => void): uPlot.Options {
  const value = (name: string) => getComputedStyle(place).getPropertyValue(name).trim()
  const fill = value(colorValue(color).slice(4, -1))
  const axis: uPlot.Axis = { stroke: value('--muted'), grid: { stroke: value('--line'), width: 1 }, ticks: { show: false }, font: '12px ui-sans-serif, system-ui, sans-serif' }
  const day = (index: number) => (points[index] ? shortDayName(points[index].date) : '')
  return {
    width: place.clientWidth,
    height: HEIGHT,
    padding: [8, 36, 0, 0], // room for the last day's name
    legend: { show: false },
    hooks: { setCursor: [(chart) => onOver(chart.cursor.idx ?? undefined)] },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    // half a place of room for the first and the last bar
    scales: { x: { time: false, range: [-0.6, points.length - 0.4] }, y: { range: (_chart, low, high) => [Math.min(low, 0), Math.max(high * 1.08, 1)] } },
    axes: [
      { ...axis, grid: { show: false }, incrs: [1, 2, 7, 14, 30, 60, 90, 180, 365], space: 64, values: (_chart, splits) => splits.map((index) => (Number.isInteger(index) ? day(index) : '')) },
      { ...axis, size: 56, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 1e7, 1e8, 1e9, 1e12, 1e15], values: (_chart, splits) => splits.map((each) => compact(each)) },
    ],
    series: [{}, { fill, width: 0, points: { show: false }, paths: uPlot.paths.bars?.({ size: [0.7, WIDEST_BAR], radius: 0.2 }) }],
  }
}

function compact(value: number): string {
  return new Intl.NumberFormat(document.documentElement.lang, { notation: 'compact' }).format(value)
}
