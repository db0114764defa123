import { ArrowLeft, Tags } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Page } from '@/components/page'
import { Badge, type Tone } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RowPlaces } from '@/components/ui/simple'
import { EmptyState, WayBack } from '@/components/ui/states'
import { formatRelative, formatDateTime } from '@/lib/format'
import { useTagName } from '@/lib/tags'
import { type ReleaseEntry, useReleases } from '../api'
import { ReleaseActions } from './release-actions'

export const TONES: Record<ReleaseEntry['tag'], Tone> = { stable: 'success', 'hot-fix': 'warning', 'night-build': 'info', develop: 'neutral' }
const STEP = 50

export function ReleasesPage() {
  const { t } = useTranslation('code')
  const releases = useReleases()
  const [shown, setShown] = useState(STEP)
  const items = releases.data?.items ?? []
  const back = <Button asChild><Link to=".."><ArrowLeft aria-hidden />{t('release.back')}</Link></Button>
  return (
    <Page title={t('release.title')} description={t('release.hint')} actions={back} asked={releases} back={<WayBack to="..">{t('release.back')}</WayBack>}>
      {releases.isPending && <RowPlaces count={3} className="h-16" />}
      {releases.data && items.length === 0 && (
        <EmptyState icon={Tags} title={t('release.none')} action={<Button asChild variant="primary"><Link to="..?dialog=publish">{t('toolbar.publish')}</Link></Button>}>
          {t('release.noneHint')}
        </EmptyState>
      )}
      {items.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
          {items.slice(0, shown).map((release) => <ReleaseRow key={release.version} release={release} />)}
        </ul>
      )}
      {items.length > shown && <Button className="mt-3" onClick={() => setShown(shown + STEP)}>{t('release.more')}</Button>}
    </Page>
  )
}

function ReleaseRow({ release }: { release: ReleaseEntry }) {
  const { t } = useTranslation('code')
  const tagName = useTagName()
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 hover:bg-hover/50">
      <div className="min-w-0 flex-1 basis-64">
        <div className="flex flex-wrap items-center gap-2">
          <Link to={release.version} className="text-base font-semibold tabular after:absolute after:inset-0 hover:text-accent-text">{release.version}</Link>
          <Badge tone={TONES[release.tag]}>{tagName(release.tag)}</Badge>
          <ReleaseMarks release={release} />
        </div>
        {release.comment && <p className="mt-0.5 line-clamp-2 text-sm wrap-anywhere">{release.comment}</p>}
        <p className="mt-0.5 text-xs text-muted" title={formatDateTime(release.created_at)}>{t('release.made', { branch: release.branch, when: formatRelative(release.created_at) })}</p>
      </div>
      <div className="relative z-10 flex gap-2"><ReleaseActions release={release} /></div>
    </li>
  )
}

export function ReleaseMarks({ release }: { release: ReleaseEntry }) {
  const { t } = useTranslation('code')
  return (
    <>
      {release.is_active && <Badge tone="accent" title={t('release.activeHint')}>{t('release.active')}</Badge>}
      {release.is_running && (
        <span className="inline-flex items-center gap-1.5 text-xs text-muted">
          <span className="size-2 rounded-full bg-success" aria-hidden />
          {t('release.running')}
        </span>
      )}
    </>
  )
}
