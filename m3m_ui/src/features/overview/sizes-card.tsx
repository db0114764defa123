import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Card, CardHeader } from '@/components/ui/card'
import { formatBytes, formatNumber, formatPercent } from '@/lib/format'
import type { Monitor } from './api'

/** How much the project keeps, and how much room the machine has. */
export function SizesCard({ project, monitor }: { project: string; monitor: Monitor }) {
  const { t } = useTranslation('overview')
  const { sizes, host } = monitor
  const { records = 0, records_bytes = 0, storage_files = 0, storage_bytes = 0 } = sizes
  return (
    <Card className="min-w-0">
      <CardHeader title={t('sizes.title')} />
      <dl className="divide-y divide-line border-t border-line text-sm">
        <Line name={<Link to={`/projects/${project}/data`} className="hover:underline">{t('sizes.records')}</Link>} value={formatNumber(records)} more={formatBytes(records_bytes)} />
        <Line name={<Link to={`/projects/${project}/files`} className="hover:underline">{t('sizes.files')}</Link>} value={formatNumber(storage_files)} more={formatBytes(storage_bytes)} />
        <Line name={t('sizes.hostCpu')} value={formatPercent(host.cpu_percent)} more={t('sizes.cores', { count: host.cpu_count })} share={host.cpu_percent / 100} />
        <Line name={t('sizes.hostMemory')} {...partOf(host.memory_bytes, host.memory_total_bytes)} />
        <Line name={t('sizes.hostDisk')} {...partOf(host.disk_bytes, host.disk_total_bytes)} />
      </dl>
    </Card>
  )
}

function partOf(used: number, total: number) {
  const share = total > 0 ? used / total : 0
  return { value: formatPercent(share * 100, 0), more: `${formatBytes(used)} / ${formatBytes(total)}`, share }
}

interface LineProps {
  name: ReactNode
  value: string
  more: string
  /** Of what there is: drawn as a bar. */
  share?: number
}

const FULL = 0.9

function Line({ name, value, more, share }: LineProps) {
  return (
    <div className="flex h-9 items-center gap-3 px-4">
      <dt className="min-w-0 flex-1 truncate">{name}</dt>
      {share !== undefined && (
        <span className="h-1.5 w-16 overflow-hidden rounded-full bg-pressed max-sm:hidden" aria-hidden>
          <span className={`block h-full ${share > FULL ? 'bg-danger' : 'bg-accent/70'}`} style={{ width: `${Math.min(share, 1) * 100}%` }} />
        </span>
      )}
      <dd className="tabular flex shrink-0 justify-end gap-2 whitespace-nowrap">
        <span className="w-14 text-right font-medium">{value}</span>
        <span className="w-28 text-right text-muted">{more}</span>
      </dd>
    </div>
  )
}
