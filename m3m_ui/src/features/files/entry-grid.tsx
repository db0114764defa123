import { useTranslation } from 'react-i18next'
import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/lib/cn'
import { formatBytes } from '@/lib/format'
import type { Entry } from './api'
import { EntryIcon } from './entry-icon'
import { EntryMenu } from './entry-menu'
import { EntryName } from './entry-name'
import type { EntriesProps } from './entry-table'

export function EntryGrid({ entries, selection, onSelection }: EntriesProps) {
  return (
    <ul className="grid grid-cols-2 gap-3 sm:grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))]">
      {entries.map((entry) => (
        <Tile key={entry.path} entry={entry} chosen={selection[entry.path] === true} onChoose={(chosen) => onSelection({ ...selection, [entry.path]: chosen })} />
      ))}
    </ul>
  )
}

function Tile({ entry, chosen, onChoose }: { entry: Entry; chosen: boolean; onChoose: (chosen: boolean) => void }) {
  const { t } = useTranslation('files')
  const quiet = 'sm:opacity-0 group-hover:opacity-100 group-focus-within:opacity-100'
  return (
    <li className={cn('group relative flex h-40 flex-col rounded-lg border border-line bg-surface p-2 shadow-card transition-shadow hover:border-line-strong hover:shadow-raised', chosen && 'border-accent bg-accent-soft')}>
      <Checkbox
        aria-label={t('chooseOf', { name: entry.name })} checked={chosen} onCheckedChange={(value) => onChoose(value === true)}
        className={cn('absolute top-2.5 left-2.5 z-10', !chosen && quiet)}
      />
      <div className={cn('absolute top-1 right-1 z-10', quiet)}><EntryMenu entry={entry} /></div>
      <div className="grid flex-1 place-items-center"><EntryIcon entry={entry} large /></div>
      <EntryName entry={entry} className="line-clamp-2 text-center text-sm font-medium wrap-anywhere after:absolute after:inset-0 after:rounded-lg" />
      <span className="text-center text-xs text-muted">{entry.is_dir ? t('folder') : formatBytes(entry.size)}</span>
    </li>
  )
}
