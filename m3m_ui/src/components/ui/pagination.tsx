import { ChevronFirst, ChevronLast, ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '@/lib/format'
import { Button } from './button'

interface PaginationProps {
  page: number
  /** `-1`: not counted; then there is only a next page while this one is full. */
  totalPages: number
  hasMore?: boolean
  onPage: (page: number) => void
}

export function Pagination({ page, totalPages, hasMore = false, onPage }: PaginationProps) {
  const { t } = useTranslation()
  const isCounted = totalPages >= 0
  const isFirst = page <= 1
  const isLast = isCounted ? page >= totalPages : !hasMore
  if (isFirst && isLast) return null
  const steps = [
    { name: 'first', Icon: ChevronFirst, to: 1, disabled: isFirst },
    { name: 'previous', Icon: ChevronLeft, to: page - 1, disabled: isFirst },
    { name: 'next', Icon: ChevronRight, to: page + 1, disabled: isLast },
    { name: 'last', Icon: ChevronLast, to: totalPages, disabled: isLast || !isCounted },
  ] as const
  return (
    <nav aria-label={t('pagination.label')} className="flex items-center justify-end gap-1 text-sm text-muted">
      <span className="tabular mr-1">{isCounted ? t('pagination.of', { page: formatNumber(page), total: formatNumber(totalPages) }) : t('pagination.page', { page: formatNumber(page) })}</span>
      {steps.map(({ name, Icon, to, disabled }) => (
        <Button key={name} size="icon" aria-label={t(`pagination.${name}`)} disabled={disabled} onClick={() => onPage(to)}>
          <Icon aria-hidden />
        </Button>
      ))}
    </nav>
  )
}
