import { RotateCw } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { CodedText } from '@/components/coded-text'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import { toast } from '@/lib/toast'
import { type Plugin, useReloadPlugin } from './api'

interface PluginCardProps {
  plugin: Plugin
  mayReload: boolean
}

export function PluginCard({ plugin, mayReload }: PluginCardProps) {
  const { t } = useTranslation('plugins')
  const on = plugin.state === 'on'
  return (
    <li className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-4 shadow-card">
      <div className="flex items-center gap-2">
        <h2 className="truncate font-mono text-sm font-semibold">{plugin.name}</h2>
        <span className="text-xs text-muted">{plugin.version}</span>
        <span className="flex-1" />
        {mayReload && plugin.source !== 'builtin' && <Reload name={plugin.name} />}
        <Badge tone={on ? 'success' : 'danger'}>{t(on ? 'on' : 'off')}</Badge>
      </div>
      <p className="text-sm text-muted"><CodedText text={plugin.description} /></p>
      {plugin.reason && <p className="rounded-md bg-danger-soft px-2.5 py-1.5 text-sm wrap-anywhere text-danger-text">{plugin.reason}</p>}
      <div className="mt-auto flex flex-wrap items-center gap-x-3 gap-y-1 pt-1 text-xs text-muted">
        <span>{t(`sources.${plugin.source}`)}</span>
        <Names title={t('modules', { count: plugin.modules?.length ?? 0 })} names={plugin.modules} />
        <Names title={t('routes', { count: plugin.routes?.length ?? 0 })} names={plugin.routes} />
        <Names title={t('hooks', { count: plugin.hooks?.length ?? 0 })} names={plugin.hooks} />
      </div>
    </li>
  )
}

function Names({ title, names }: { title: string; names: string[] | undefined }) {
  if (!names || names.length === 0) return null
  return (
    <Tooltip text={<ul className="max-h-80 overflow-hidden font-mono">{names.map((each) => <li key={each}>{each}</li>)}</ul>}>
      <button type="button" className="rounded-sm underline decoration-dotted underline-offset-2 hover:text-text">{title}</button>
    </Tooltip>
  )
}

function Reload({ name }: { name: string }) {
  const { t } = useTranslation('plugins')
  const reload = useReloadPlugin()
  return (
    <Tooltip text={t('reload')}>
      <Button
        size="icon-sm" variant="ghost" aria-label={t('reloadOf', { name })} busy={reload.isPending}
        onClick={() => reload.mutate(name, { onSuccess: () => toast.success(t('reloaded', { name })) })}
      >
        {!reload.isPending && <RotateCw aria-hidden />}
      </Button>
    </Tooltip>
  )
}
