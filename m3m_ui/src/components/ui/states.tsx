import { CircleAlert, type LucideIcon, Lock, SearchX } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isApiError } from '@/lib/api'
import { cn } from '@/lib/cn'
import { errorText } from '@/lib/toast'
import { Button } from './button'

interface StateProps {
  icon: LucideIcon
  title: ReactNode
  children?: ReactNode
  action?: ReactNode
  className?: string
}

/** Nothing is here yet: says what would be, and offers the way to it. */
export function EmptyState({ icon: Icon, title, children, action, className }: StateProps) {
  return (
    <div className={cn('mx-auto flex max-w-sm flex-col items-center px-4 py-16 text-center', className)}>
      <span className="mb-3 grid size-10 place-items-center rounded-lg border border-line bg-surface text-faint shadow-card">
        <Icon className="size-5" aria-hidden />
      </span>
      <h2 className="text-base font-semibold">{title}</h2>
      {children && <div className="mt-1 text-sm text-muted">{children}</div>}
      {action && <div className="mt-4">{action}</div>}
    </div>
  )
}

interface NothingFoundProps {
  title: ReactNode
  children?: ReactNode
  onClear: () => void
  /** The word on the button, where it is not everything that comes back. */
  clear?: string
}

/** A search that fits nothing: says where was looked, and goes back to all there is. */
export function NothingFound({ title, children, onClear, clear }: NothingFoundProps) {
  const { t } = useTranslation()
  return <EmptyState icon={SearchX} title={title} action={<Button onClick={onClear}>{clear ?? t('showAll')}</Button>}>{children}</EmptyState>
}

/** The way from a place where there is nothing to one where there is something. */
export function WayBack({ to, children }: { to: string; children: ReactNode }) {
  return <Button asChild><Link to={to}>{children}</Link></Button>
}

/** For whoever may see that a page exists, and no more. */
export function ForbiddenState({ action, children }: { action?: ReactNode; children?: ReactNode }) {
  const { t } = useTranslation()
  return <EmptyState icon={Lock} title={t('states.forbidden')} action={action}>{children ?? t('states.forbiddenHint')}</EmptyState>
}

export function NotFoundState({ action }: { action?: ReactNode }) {
  const { t } = useTranslation()
  return <EmptyState icon={SearchX} title={t('states.notFound')} action={action}>{t('states.notFoundHint')}</EmptyState>
}

interface ErrorStateProps {
  error: unknown
  onRetry?: () => void
  /** Where to go when trying again is of no use: nothing is there, or not for oneself. */
  back?: ReactNode
  className?: string
}

/** What went wrong with a query, by its kind. */
export function ErrorState({ error, onRetry, back, className }: ErrorStateProps) {
  const { t } = useTranslation()
  if (isApiError(error, 403)) return <ForbiddenState action={back}>{error.message} {t('states.forbiddenHint')}</ForbiddenState>
  if (isApiError(error, 404)) return <NotFoundState action={back} />
  const requestId = isApiError(error) && error.status >= 500 ? error.requestId : ''
  return (
    <div role="alert">
      <EmptyState
        icon={CircleAlert}
        title={t('states.failed')}
        className={className}
        action={onRetry && <Button onClick={onRetry}>{t('retry')}</Button>}
      >
        {errorText(error)}
        {requestId && <span className="mt-1 block font-mono text-xs">{requestId}</span>}
      </EmptyState>
    </div>
  )
}
