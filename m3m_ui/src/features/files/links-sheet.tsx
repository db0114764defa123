import { Link2, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/simple'
import { EmptyState, ErrorState } from '@/components/ui/states'
import { Tooltip } from '@/components/ui/tooltip'
import { formatDate, formatRelative } from '@/lib/format'
import type { Link } from './api'
import { isOfAdmin, useLinks, useRevokeLink } from './links-api'
import { nameOf, parentOf } from './paths'

/** All public links of the project. Their addresses were told once, when they were made. */
export function LinksSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('files')
  const links = useLinks(true)
  return (
    <Sheet open onOpenChange={onClose}>
      <SheetContent title={t('links.title')}>
        <p className="px-4 pt-3 pb-2 text-sm text-muted">{t('links.hint')}</p>
        {links.isPending && <div className="flex flex-col gap-2 p-4">{[1, 2, 3].map((each) => <Skeleton key={each} className="h-10" />)}</div>}
        {links.isError && !links.data && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
        {links.data?.items.length === 0 && <EmptyState icon={Link2} title={t('links.none')}>{t('links.noneHint')}</EmptyState>}
        <ul className="divide-y divide-line">
          {links.data?.items.map((link) => <LinkLine key={link.id} link={link} />)}
        </ul>
      </SheetContent>
    </Sheet>
  )
}

function LinkLine({ link }: { link: Link }) {
  const { t } = useTranslation('files')
  const revoke = useRevokeLink()
  return (
    <li className="flex items-center gap-3 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span className="truncate text-sm font-medium" title={link.path}>{nameOf(link.path)}</span>
          {isOfAdmin(link) && <Badge title={t('links.temporaryHint')}>{t('links.temporary')}</Badge>}
        </p>
        <p className="truncate text-xs text-muted">
          {[parentOf(link.path), t('links.made', { time: formatDate(link.created_at) }), link.expires_at ? t('links.ends', { time: formatRelative(link.expires_at) }) : t('link.forever')].filter(Boolean).join(' · ')}
        </p>
      </div>
      <Tooltip text={t('links.revoke')}>
        <Button size="icon-sm" variant="ghost" aria-label={t('links.revokeOf', { name: nameOf(link.path) })} busy={revoke.isPending} onClick={() => revoke.mutate(link.id)}>
          {!revoke.isPending && <Trash2 aria-hidden />}
        </Button>
      </Tooltip>
    </li>
  )
}
