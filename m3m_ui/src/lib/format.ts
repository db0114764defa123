/** Numbers, sizes and times as people of the chosen language write them. */
let language = 'en'

export function formattingIn(next: string): void {
  language = next
}

export function formatNumber(value: number, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value)
}

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const

/** 1536 → 1.5 kB; steps of 1024. */
export function formatBytes(bytes: number): string {
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1)
  const value = bytes / 1024 ** step
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: UNITS[step],
    unitDisplay: step === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && step > 0 ? 1 : 0,
  }).format(value)
}

/** `percent` of 0 to 100. */
export function formatPercent(percent: number, digits = percent < 10 ? 1 : 0): string {
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: digits }).format(percent / 100)
}

export function formatDateTime(value: string | Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(value))
}

export function formatDate(value: string | Date): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(value))
}

/** Without the year when it is that of `now`. */
export function formatShortDate(value: string | Date, now = new Date()): string {
  const date = new Date(value)
  const year = date.getFullYear() === now.getFullYear() ? {} : { year: '2-digit' as const }
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', ...year }).format(date)
}

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** 5 minutes ago, tomorrow, in 2 hours. */
export function formatRelative(value: string | Date, now = Date.now()): string {
  const seconds = (new Date(value).getTime() - now) / 1000
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
  for (const [unit, size] of STEPS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return format.format(Math.trunc(seconds), 'second')
}

/** A span of time in its two largest units: 3 d 4 h. */
export function formatDuration(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [Math.floor(seconds) % 60, 'second'],
  ]
  const first = parts.findIndex(([value]) => value > 0)
  const shown = first < 0 ? parts.slice(-1) : parts.slice(first, first + 2).filter(([value]) => value > 0)
  return shown
    .map(([value, unit]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'narrow' }).format(value))
    .join(' ')
}

/** 0.3 ms, 12 ms, 1.5 s. */
export function formatMilliseconds(value: number): string {
  const isLong = value >= 1_000
  const shown = isLong ? value / 1_000 : value
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isLong ? 'second' : 'millisecond',
    unitDisplay: 'short',
    maximumFractionDigits: shown < 10 ? 1 : 0,
  }).format(shown)
}

/** The time of day. */
export function formatTime(value: string | Date): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(value))
}
