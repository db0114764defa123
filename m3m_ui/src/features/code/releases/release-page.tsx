import { ArrowLeft } from 'lucide-react'
import { Suspense, useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState, WayBack } from '@/components/ui/states'
import { isApiError } from '@/lib/api'
import { formatDateTime } from '@/lib/format'
import { useTagName } from '@/lib/tags'
import { useTitle } from '@/lib/use-title'
import { useUrlState } from '@/lib/use-url-state'
import { type Release, useBranch, useBranches, useRelease, useReleases } from '../api'
import { EditorLoading } from '../editor-page'
import { fileOfError, filesOf, MAIN, namesOf } from '../files'
import { FilesDiff } from '../files-diff'
import { CodeView } from '../lazy-monaco'
import { problemOf } from '../problems'
import { useRunErrors } from '../use-run-errors'
import { useView } from '../use-view'
import { ReleaseActions } from './release-actions'
import { ReleaseMarks, TONES } from './releases-page'

/** One release: its code, or how it differs from another or from a branch. */
export function ReleasePage() {
  const { t } = useTranslation('code')
  const { version = '' } = useParams()
  const navigate = useNavigate()
  const release = useRelease(version)
  const tagName = useTagName()
  useTitle(t('release.name', { version }))
  if (release.isError && (!release.data || isApiError(release.error, 404))) return <ErrorState error={release.error} onRetry={() => void release.refetch()} back={<WayBack to="..">{t('release.title')}</WayBack>} />
  if (!release.data) return <Skeleton className="m-6 flex-1" />
  const { data } = release
  return (
    <div className="flex min-h-[30rem] flex-1 flex-col">
      <header className="flex shrink-0 flex-wrap items-start gap-x-4 gap-y-2 border-b border-line px-4 py-3 sm:px-6">
        <Button asChild size="icon" variant="ghost"><Link to=".." aria-label={t('release.toList')}><ArrowLeft aria-hidden /></Link></Button>
        <div className="min-w-0 flex-1 basis-60">
          <div className="flex flex-wrap items-center gap-2">
            <h1 className="text-lg">{t('release.name', { version })}</h1>
            <Badge tone={TONES[data.tag]}>{tagName(data.tag)}</Badge>
            <ReleaseMarks release={data} />
          </div>
          <p className="line-clamp-3 text-xs text-muted wrap-anywhere" title={data.comment}>{t('release.made', { branch: data.branch, when: formatDateTime(data.created_at) })}{data.comment && ` · ${data.comment}`}</p>
        </div>
        <div className="flex gap-2"><ReleaseActions release={data} onDeleted={() => void navigate('..')} /></div>
      </header>
      <Compared release={data} />
    </div>
  )
}

const NOTHING = 'none'

function Compared({ release }: { release: Release }) {
  const { t } = useTranslation('code')
  const branches = useBranches().data?.items ?? []
  const releases = useReleases().data?.items ?? []
  const [against, setAgainst] = useUrlState('against', NOTHING)
  const [file, setFile] = useUrlState('file', MAIN)
  const [kind, name] = [against.slice(0, against.indexOf(':')), against.slice(against.indexOf(':') + 1)]
  const branch = useBranch(kind === 'branch' ? name : undefined)
  const other = useRelease(kind === 'release' ? name : undefined)
  const found = kind === 'branch' ? branch : other
  const options = [
    { value: NOTHING, label: t('release.codeOnly') },
    ...releases.filter((each) => each.version !== release.version).map((each) => ({ value: `release:${each.version}`, label: t('release.against', { name: t('release.name', { version: each.version }) }) })),
    ...branches.map((each) => ({ value: `branch:${each.name}`, label: t('release.against', { name: t('branch.ofBranch', { name: each.name }) }) })),
  ]
  const files = filesOf(release)
  const shown = fileOfError(file, files) ?? MAIN
  const isDiff = against !== NOTHING
  const otherName = kind === 'branch' ? t('branch.ofBranch', { name }) : t('release.name', { version: name })
  const ourName = t('release.name', { version: release.version })
  return (
    <>
      <div className="flex shrink-0 flex-wrap gap-2 border-b border-line px-4 py-2 sm:px-6">
        <Select className="w-64 max-sm:w-full" value={against} onChange={setAgainst} options={options} aria-label={t('release.compare')} />
        {!isDiff && <Select className="w-56 font-mono text-xs max-sm:w-full" value={shown} onChange={setFile} aria-label={t('files.title')} options={namesOf(files).map((each) => ({ value: each, label: each }))} />}
      </div>
      {isDiff && found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      {isDiff && found.isPending && <EditorLoading />}
      {/* a branch comes after its releases, an older release before */}
      {isDiff && found.data && (
        <FilesDiff
          className="flex-1"
          file={file}
          onFile={setFile}
          {...(kind === 'branch'
            ? { before: files, after: filesOf(found.data), beforeName: ourName, afterName: otherName }
            : { before: filesOf(found.data), after: files, beforeName: otherName, afterName: ourName })}
        />
      )}
      {!isDiff && (
        <div className="relative min-h-0 flex-1 bg-surface">
          <Suspense fallback={<EditorLoading />}><ReleaseFile release={release} file={shown} /></Suspense>
        </div>
      )}
    </>
  )
}

/** One file, with the errors of its run; the line in the address is shown and then gone from there. */
function ReleaseFile({ release, file }: { release: Release; file: string }) {
  const { t } = useTranslation('code')
  const { version } = release
  const [{ line }, show] = useView()
  const errors = useRunErrors({ version })
  const files = useMemo(() => filesOf(release), [release])
  const problems = useMemo(() => errors.flatMap((error) => problemOf(error, files) ?? []).filter((problem) => problem.file === file), [errors, file, files])
  const clear = useCallback(() => show({ line: '', column: '' }), [show])
  return (
    <CodeView
      name={file}
      code={files[file] ?? ''}
      label={t('release.codeOf', { version, file })}
      problems={problems}
      line={Number(line) || undefined}
      onLine={clear}
    />
  )
}
