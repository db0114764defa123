import { ChevronDown, ScrollText, Send, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import type { Problem, RunError } from '../problems'
import { LogPanel } from './log-panel'
import { ProblemsPanel } from './problems-panel'
import { RequestPanel } from './request-panel'

interface BottomPanelProps {
  /** Its name in the address; empty when it is closed. */
  panel: string
  onPanel: (name: string) => void
  problems: readonly Problem[]
  errors: readonly RunError[]
  onReveal: (file: string | null | undefined, line: number, column: number) => void
}

const PANELS = [
  { name: 'log', icon: ScrollText },
  { name: 'problems', icon: TriangleAlert },
  { name: 'request', icon: Send },
] as const

/** What is below the editor. A click on the open tab closes it. */
export function BottomPanel({ panel, onPanel, problems, errors, onReveal }: BottomPanelProps) {
  const { t } = useTranslation('code')
  const count = errors.length + problems.filter((problem) => problem.kind === 'error').length
  return (
    <Tabs value={panel} onValueChange={onPanel} activationMode="manual" className="flex h-full flex-col border-t border-line bg-bg">
      <div className="flex h-9 shrink-0 items-center border-b border-line px-2">
        <TabsList className="border-0" aria-label={t('panel.label')}>
          {PANELS.map(({ name, icon: Icon }) => (
            <TabsTrigger key={name} value={name} className="flex items-center gap-1.5 text-xs" onClick={() => panel === name && onPanel('')}>
              <Icon className="size-3.5" aria-hidden />
              {t(`panel.${name}`)}
              {name === 'problems' && count > 0 && <Badge tone="danger">{count}</Badge>}
            </TabsTrigger>
          ))}
        </TabsList>
        {panel !== '' && (
          <Button size="icon-sm" variant="ghost" className="ml-auto" aria-label={t('panel.close')} onClick={() => onPanel('')}><ChevronDown aria-hidden /></Button>
        )}
      </div>
      <TabsContent value="log" className="min-h-0 flex-1"><LogPanel onReveal={onReveal} /></TabsContent>
      <TabsContent value="problems" className="min-h-0 flex-1 overflow-y-auto"><ProblemsPanel problems={problems} errors={errors} onReveal={onReveal} /></TabsContent>
      <TabsContent value="request" className="min-h-0 flex-1"><RequestPanel /></TabsContent>
    </Tabs>
  )
}
