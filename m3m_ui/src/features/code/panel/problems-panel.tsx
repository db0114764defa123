import { CircleAlert, CircleCheck, OctagonX, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Problem, RunError } from '../problems'

interface ProblemsPanelProps {
  problems: readonly Problem[]
  errors: readonly RunError[]
  onReveal: (file: string | null | undefined, line: number, column: number) => void
}

const LOOK = {
  run: { icon: OctagonX, look: 'text-danger-text' },
  error: { icon: CircleAlert, look: 'text-danger-text' },
  warning: { icon: TriangleAlert, look: 'text-warning-text' },
}

/** Errors of the run first, then what the compiler says; each leads to its place. */
export function ProblemsPanel({ problems, errors, onReveal }: ProblemsPanelProps) {
  const { t } = useTranslation('code')
  if (problems.length + errors.length === 0) {
    return (
      <p className="flex items-center justify-center gap-2 p-6 text-sm text-muted">
        <CircleCheck className="size-4 text-success-text" aria-hidden />
        {t('problems.none')}
      </p>
    )
  }
  return (
    <ul className="py-1 text-sm" aria-label={t('panel.problems')}>
      {errors.map((error) => (
        <li key={`${error.file}:${error.line}:${error.message}`}>
          <Line kind="run" message={error.message} where={error.where} stack={error.stack} place={error.file && error.line ? { file: error.file, line: error.line, column: error.column ?? 1 } : undefined} onReveal={onReveal} />
        </li>
      ))}
      {problems.map((problem) => (
        <li key={`${problem.file}:${problem.line}:${problem.column}:${problem.message}`}>
          <Line kind={problem.kind} message={problem.message} place={problem} onReveal={onReveal} />
        </li>
      ))}
    </ul>
  )
}

interface LineProps extends Pick<ProblemsPanelProps, 'onReveal'> {
  kind: Problem['kind']
  message: string
  where?: string | null
  stack?: string | null
  place: { file: string; line: number; column: number } | undefined
}

function Line({ kind, message, where, stack, place, onReveal }: LineProps) {
  const { t } = useTranslation('code')
  const { icon: Icon, look } = LOOK[kind]
  return (
    <button
      type="button"
      disabled={!place}
      onClick={() => place && onReveal(place.file, place.line, place.column)}
      className="flex w-full items-start gap-2 px-4 py-1.5 text-left -outline-offset-2 enabled:hover:bg-hover"
    >
      <Icon className={`mt-0.5 size-4 shrink-0 ${look}`} aria-label={t(`problems.${kind}`)} />
      <span className="min-w-0 flex-1 wrap-anywhere">
        {message}
        {where && <span className="block text-xs text-muted">{where}</span>}
        {stack && <span className="mt-0.5 line-clamp-4 block font-mono text-xs whitespace-pre-wrap text-muted">{stack}</span>}
      </span>
      {place && <span className="shrink-0 font-mono text-xs leading-5 text-muted">{place.file}:{place.line}:{place.column}</span>}
    </button>
  )
}
