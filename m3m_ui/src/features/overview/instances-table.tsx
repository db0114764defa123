import { useTranslation } from 'react-i18next'
import { Badge, type Tone } from '@/components/ui/badge'
import { Card, CardHeader } from '@/components/ui/card'
import { formatBytes, formatMilliseconds, formatPercent } from '@/lib/format'
import type { RunStatus } from '@/lib/project'
import { Grid, GridCell, GridHead } from './grid'

type State = RunStatus['instances'][number]['state']

const TONES: Record<State, Tone> = { booting: 'warning', booted: 'warning', running: 'success', stopping: 'warning', dead: 'danger' }

/** The processes of the run. */
export function InstancesTable({ instances }: { instances: RunStatus['instances'] }) {
  const { t } = useTranslation('overview')
  return (
    <Card className="min-w-0">
      <CardHeader title={t('instances.title')} />
      <Grid label={t('instances.title')}>
        <thead>
          <tr>
            <GridHead>{t('instances.number')}</GridHead>
            <GridHead>{t('instances.state')}</GridHead>
            <GridHead number>{t('instances.pid')}</GridHead>
            <GridHead number>{t('instances.cpu')}</GridHead>
            <GridHead number>{t('instances.memory')}</GridHead>
            <GridHead number>{t('instances.heap')}</GridHead>
            <GridHead number>{t('instances.lag')}</GridHead>
          </tr>
        </thead>
        <tbody>
          {instances.map((each) => (
            <tr key={each.number}>
              <GridCell className="tabular">{each.number}</GridCell>
              <GridCell><Badge tone={TONES[each.state]}>{t(`instances.states.${each.state}`)}</Badge></GridCell>
              <GridCell number className="font-mono text-xs">{each.pid}</GridCell>
              <GridCell number>{formatPercent(each.cpu_percent)}</GridCell>
              <GridCell number>{formatBytes(each.memory_bytes)}</GridCell>
              <GridCell number>{formatBytes(each.heap_bytes)}</GridCell>
              <GridCell number>{formatMilliseconds(each.lag_ms)}</GridCell>
            </tr>
          ))}
        </tbody>
      </Grid>
    </Card>
  )
}
