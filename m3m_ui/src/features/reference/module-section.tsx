import { useTranslation } from 'react-i18next'
import { CodedText } from '@/components/coded-text'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { Tooltip } from '@/components/ui/tooltip'
import type { Module, ModuleFunction } from './api'

interface ModuleSectionProps {
  module: Module
  functions: ModuleFunction[]
}

export function ModuleSection({ module, functions }: ModuleSectionProps) {
  const { t } = useTranslation('reference')
  return (
    <section aria-labelledby={`module-${module.name}`}>
      <div className="mb-3 flex flex-wrap items-baseline gap-x-3">
        <h2 id={`module-${module.name}`} className="font-mono text-lg font-semibold">{module.name}</h2>
        {module.aliases.length > 0 && <span className="font-mono text-xs text-muted">{module.aliases.join(' ')}</span>}
        <span className="text-xs text-muted">{t('plugin', { name: module.plugin })}</span>
      </div>
      {module.description && <p className="mb-3 max-w-prose text-sm text-muted"><CodedText text={module.description} /></p>}
      {module.same_as && <p className="mb-3 text-sm text-muted">{t('sameAs', { name: module.same_as })}</p>}
      <div className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
        {functions.map((each) => <FunctionEntry key={`${each.owner}.${each.name}`} entry={each} />)}
        {functions.length === 0 && <p className="p-4 text-sm text-muted">{t('noFunctions')}</p>}
      </div>
    </section>
  )
}

function FunctionEntry({ entry }: { entry: ModuleFunction }) {
  const { t } = useTranslation('reference')
  return (
    <article className="p-4">
      <div className="flex items-start gap-2">
        <h3 className="min-w-0 flex-1 font-mono text-sm font-medium wrap-anywhere whitespace-pre-wrap">{entry.signature}</h3>
        {entry.waits && <Tooltip text={t('waitsHint', { name: entry.name })}><Badge tone="info" tabIndex={0}>{t('waits')}</Badge></Tooltip>}
      </div>
      <p className="mt-1 max-w-prose text-sm text-muted"><CodedText text={entry.text} /></p>
      {entry.example && (
        <div className="mt-2 flex items-start rounded-md border border-line bg-subtle">
          <pre className="min-w-0 flex-1 overflow-x-auto p-3 font-mono text-xs leading-5" tabIndex={0}>{entry.example}</pre>
          <div className="shrink-0 p-1"><CopyButton text={entry.example} label={t('copyExample')} /></div>
        </div>
      )}
    </article>
  )
}
