import { useTranslation } from 'react-i18next'
import { Alert } from '@/components/ui/alert'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { formatNumber } from '@/lib/format'
import type { Effect, Report } from '../api'

const TONES: Record<Effect['kind'], Tone> = {
  dropped: 'danger',
  lost: 'danger',
  missing: 'danger',
  duplicates: 'danger',
  no_longer_valid: 'warning',
  converted: 'info',
  back_filled: 'info',
  renamed: 'neutral',
}
const EXAMPLES = 4

interface ReportDialogProps {
  report: Report
  busy: boolean
  onClose: () => void
  onConfirm: () => void
}

/** What a change of the model would do to its records, before it is done. */
export function ReportDialog({ report, busy, onClose, onConfirm }: ReportDialogProps) {
  const { t } = useTranslation(['data', 'common'])
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title={t('report.title')} description={t('report.hint', { count: report.records, number: formatNumber(report.records) })} className="max-w-2xl">
        <DialogBody className="flex flex-col gap-3">
          {!report.possible && <Alert tone="danger" title={t('report.impossible')}>{t('report.impossibleHint')}</Alert>}
          {report.possible && report.loses_data && <Alert tone="warning" title={t('report.loses')}>{t('report.losesHint')}</Alert>}
          <ul className="flex flex-col divide-y divide-line rounded-lg border border-line">
            {report.effects.map((effect) => <EffectItem key={`${effect.kind}:${effect.field}`} effect={effect} />)}
          </ul>
        </DialogBody>
        <DialogFooter>
          <Button onClick={onClose}>{t('report.back')}</Button>
          {report.possible && <Button variant={report.loses_data ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>{report.loses_data ? t('report.force') : t('report.apply')}</Button>}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  )
}

function EffectItem({ effect }: { effect: Effect }) {
  const { t } = useTranslation('data')
  return (
    <li className="flex flex-col gap-1.5 px-3 py-2.5 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <code className="font-mono font-medium">{effect.field}</code>
        <Badge tone={TONES[effect.kind]}>{t(`report.kinds.${effect.kind}`)}</Badge>
        <span className="tabular ml-auto text-muted">{t('models.records', { count: effect.records, number: formatNumber(effect.records) })}</span>
      </div>
      <p className="text-xs text-muted">{t(`report.hints.${effect.kind}`)}</p>
      {effect.examples.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {effect.examples.slice(0, EXAMPLES).map((example, index) => (
            <li key={index} className="max-w-full truncate rounded-sm bg-subtle px-1.5 py-0.5 font-mono text-xs" title={example.id}>
              {written(example.value)}
              {'becomes' in example && <> → {written(example.becomes)}</>}
              {example.records !== undefined && <> × {example.records}</>}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

function written(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value).slice(0, 80)
}
