import { BadgeCheck, FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from '@/components/ui/command'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { formatRelative } from '@/lib/format'
import type { Startable } from '@/lib/runs'
import { useTagName } from '@/lib/tags'
import { type Release, useBranches, useReleases } from './api'

const SEARCH_FROM = 8

/** Releases and branches to choose what shall run. */
export function StartMenu({ onChoose }: { onChoose: (source: Startable) => void }) {
  const { t } = useTranslation('overview')
  const releases = useReleases()
  const branches = useBranches()
  const error = releases.error ?? branches.error
  if (error) return <ErrorState error={error} onRetry={() => void Promise.all([releases.refetch(), branches.refetch()])} className="py-6" />
  if (!releases.data || !branches.data) return <Skeleton className="m-2 h-24" />
  const count = releases.data.items.length + branches.data.items.length
  return (
    // the list takes the keys when there is no field to type in
    <Command loop tabIndex={-1} autoFocus label={t('start.choose')} className="outline-none">
      {count > SEARCH_FROM && <CommandInput autoFocus placeholder={t('start.search')} />}
      <CommandList className="max-h-[min(24rem,60vh)]">
        <CommandEmpty>{t('start.nothing')}</CommandEmpty>
        <CommandGroup heading={t('start.releases')}>
          {releases.data.items.length === 0 && <p className="px-2 pb-2 text-sm text-muted">{t('start.noReleases')}</p>}
          {releases.data.items.map((release) => (
            <CommandItem key={release.version} value={`release ${release.version}`} keywords={[release.tag, release.comment]} onSelect={() => onChoose({ version: release.version })}>
              <ReleaseLine release={release} />
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading={t('start.branches')}>
          {branches.data.items.map((branch) => (
            <CommandItem key={branch.name} value={`branch ${branch.name}`} onSelect={() => onChoose({ branch: branch.name })}>
              <FlaskConical className="!text-warning" aria-hidden />
              <span className="min-w-0 truncate">{branch.name}</span>
              <span className="ml-auto shrink-0 text-xs text-muted">{formatRelative(branch.updated_at)}</span>
            </CommandItem>
          ))}
        </CommandGroup>
      </CommandList>
    </Command>
  )
}

function ReleaseLine({ release }: { release: Release }) {
  const { t } = useTranslation('overview')
  const tagName = useTagName()
  const stable = release.tag === 'stable'
  return (
    <>
      <span className="tabular w-9 shrink-0 font-medium">{release.version}</span>
      <Badge tone={stable ? 'success' : 'info'}>
        {stable && <BadgeCheck aria-hidden />}
        {tagName(release.tag)}
      </Badge>
      {release.is_active && <Badge>{t('start.active')}</Badge>}
      <span className="ml-auto min-w-0 truncate text-xs text-muted">{release.comment || formatRelative(release.created_at)}</span>
    </>
  )
}
