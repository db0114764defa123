import { Archive, FolderInput, Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Tooltip } from '@/components/ui/tooltip'
import { useActions } from './actions'
import type { Entry } from './api'

/** What can be done with all that is ticked. */
export function SelectionBar({ chosen, onClear }: { chosen: Entry[]; onClear: () => void }) {
  const { t } = useTranslation(['files', 'common'])
  const { begin } = useActions()
  return (
    <div role="toolbar" aria-label={t('selection.label')} className="sticky bottom-4 z-20 mx-auto mt-4 flex w-fit items-center gap-1 rounded-lg border border-line bg-raised p-1.5 shadow-dialog">
      <span className="tabular px-2 text-sm whitespace-nowrap">{t('selection.count', { count: chosen.length })}</span>
      <Button size="sm" variant="ghost" onClick={() => begin({ do: 'move', entries: chosen })}><FolderInput aria-hidden /><span className="max-sm:sr-only">{t('menu.move')}</span></Button>
      <Button size="sm" variant="ghost" onClick={() => begin({ do: 'pack', entries: chosen })}><Archive aria-hidden /><span className="max-sm:sr-only">{t('menu.pack')}</span></Button>
      <Button size="sm" variant="ghost" className="text-danger-text" onClick={() => begin({ do: 'delete', entries: chosen })}><Trash2 aria-hidden />{t('common:delete')}</Button>
      <Tooltip text={t('selection.clear')}>
        <Button size="icon-sm" variant="ghost" aria-label={t('selection.clear')} onClick={onClear}><X aria-hidden /></Button>
      </Tooltip>
    </div>
  )
}
