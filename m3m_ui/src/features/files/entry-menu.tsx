import { Archive, Download, Ellipsis, FolderInput, Link2, PackageOpen, Pencil, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { useActions } from './actions'
import type { Entry } from './api'
import { isZip } from './kinds'

export function EntryMenu({ entry, className }: { entry: Entry; className?: string }) {
  const { t } = useTranslation(['files', 'common'])
  const { begin, download, unpack } = useActions()
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button size="icon-sm" variant="ghost" className={className} aria-label={t('menu.of', { name: entry.name })}><Ellipsis aria-hidden /></Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent>
        {!entry.is_dir && (
          <>
            <DropdownMenuItem onSelect={() => download(entry)}><Download aria-hidden />{t('menu.download')}</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => begin({ do: 'link', entry })}><Link2 aria-hidden />{t('menu.link')}</DropdownMenuItem>
            <DropdownMenuSeparator />
          </>
        )}
        <DropdownMenuItem onSelect={() => begin({ do: 'rename', entry })}><Pencil aria-hidden />{t('menu.rename')}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => begin({ do: 'move', entries: [entry] })}><FolderInput aria-hidden />{t('menu.move')}</DropdownMenuItem>
        {isZip(entry) && <DropdownMenuItem onSelect={() => unpack(entry)}><PackageOpen aria-hidden />{t('menu.unpack')}</DropdownMenuItem>}
        {!isZip(entry) && <DropdownMenuItem onSelect={() => begin({ do: 'pack', entries: [entry] })}><Archive aria-hidden />{t('menu.pack')}</DropdownMenuItem>}
        <DropdownMenuSeparator />
        <DropdownMenuItem danger onSelect={() => begin({ do: 'delete', entries: [entry] })}><Trash2 aria-hidden />{t('common:delete')}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
