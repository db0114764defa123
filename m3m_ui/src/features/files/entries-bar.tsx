import { Archive, FolderInput, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { SelectionBar } from '@/components/ui/selection-bar'
import { useActions } from './actions'
import type { Entry } from './api'

/** What can be done with all that is ticked. */
export function EntriesBar({ chosen, onClear }: { chosen: Entry[]; onClear: () => void }) {
  const { t } = useTranslation(['files', 'common'])
  const { begin } = useActions()
  return (
    <SelectionBar label={t('selected')} count={chosen.length} onClear={onClear}>
      <Button size="sm" variant="ghost" onClick={() => begin({ do: 'move', entries: chosen })}><FolderInput aria-hidden /><span className="max-sm:sr-only">{t('menu.move')}</span></Button>
      <Button size="sm" variant="ghost" onClick={() => begin({ do: 'pack', entries: chosen })}><Archive aria-hidden /><span className="max-sm:sr-only">{t('menu.pack')}</span></Button>
      <Button size="sm" variant="ghost" className="text-danger-text" onClick={() => begin({ do: 'delete', entries: chosen })}><Trash2 aria-hidden />{t('common:delete')}</Button>
    </SelectionBar>
  )
}
