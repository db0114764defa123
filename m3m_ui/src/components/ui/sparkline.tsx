import { cn } from '@/lib/cn'
import { sparkPath } from '@/lib/spark-path'

interface SparklineProps {
  /** Oldest first; null where there is no value. */
  values: readonly (number | null)[]
  /** What it shows, for those who cannot see it. */
  label: string
  /** The value at the top; the largest one without. */
  max?: number
  className?: string
}

/** A line without axes, in the colour of the text. */
export function Sparkline({ values, label, max, className }: SparklineProps) {
  const { line, area } = sparkPath(values, 100, 24, max)
  return (
    <svg role="img" aria-label={label} viewBox="0 0 100 24" preserveAspectRatio="none" className={cn('h-6 w-full text-accent-text', className)}>
      <path d={area} fill="currentColor" opacity={0.12} />
      <path d={line} fill="none" stroke="currentColor" strokeWidth={1.5} strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}
