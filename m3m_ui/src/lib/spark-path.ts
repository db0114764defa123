// In place of the package sparkline-svg: it draws NaN for one value and for zeros alone, leaves the box with negative
// values, puts its title into the picture unescaped, and its default import is no function in a bundle.
const PAD = 1.5

/** The paths of a sparkline in a box of `width` × `height`. Gaps are left where a value is null or no number. */
export function sparkPath(values: readonly (number | null)[], width: number, height: number, max?: number): { line: string; area: string } {
  const top = Math.max(max ?? 0, ...values.map((value) => (isNumber(value) ? value : 0)), Number.MIN_VALUE)
  const step = width / Math.max(values.length - 1, 1)
  const y = (value: number) => round(height - PAD - (Math.max(value, 0) / top) * (height - 2 * PAD))
  let line = ''
  let area = ''
  for (const run of runs(values)) {
    const points = run.map(([index, value]) => `${round(index * step)},${y(value)}`)
    const start = round((run[0]?.[0] ?? 0) * step)
    const end = round((run.at(-1)?.[0] ?? 0) * step)
    // one value alone is a short dash
    line += run.length === 1 ? `M${points[0]}h1` : `M${points.join('L')}`
    area += `M${start},${height}L${points.join('L')}L${end},${height}Z`
  }
  return { line, area }
}

/** Values that follow each other without a gap, with their places. */
function runs(values: readonly (number | null)[]): [number, number][][] {
  const found: [number, number][][] = []
  let open: [number, number][] | undefined
  values.forEach((value, index) => {
    if (!isNumber(value)) open = undefined
    else if (open) open.push([index, value])
    else found.push((open = [[index, value]]))
  })
  return found
}

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
