import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { Tooltip } from './tooltip'

interface SelectionBarProps {
  label: string
  count: number
  onClear: () => void
  /** What can be done with them all: small ghost buttons. */
  children: ReactNode
}

/** Above the end of a list while something in it is ticked. */
export function SelectionBar({ label, count, onClear, children }: SelectionBarProps) {
  const { t } = useTranslation()
  return (
    <div role="region" aria-label={label} className="sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full items-center gap-1 rounded-lg border border-line-strong bg-raised p-1.5 shadow-raised animate-in fade-in-0 slide-in-from-bottom-2">
      <span className="tabular px-2 text-sm whitespace-nowrap" aria-live="polite">{t('selection.count', { count })}</span>
      {children}
      <Tooltip text={t('selection.clear')}>
        <Button size="icon-sm" variant="ghost" aria-label={t('selection.clear')} onClick={onClear}><X aria-hidden /></Button>
      </Tooltip>
    </div>
  )
}
