import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
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
  const last = totalPages >= 0 ? page >= totalPages : !hasMore
  if (page === 1 && last) return null
  return (
    <nav aria-label={t('pagination.label')} className="flex items-center justify-end gap-2 text-sm text-muted">
      <span className="tabular">{totalPages >= 0 ? t('pagination.of', { page, total: totalPages }) : t('pagination.page', { page })}</span>
      <Button size="icon" aria-label={t('pagination.previous')} disabled={page <= 1} onClick={() => onPage(page - 1)}>
        <ChevronLeft aria-hidden />
      </Button>
      <Button size="icon" aria-label={t('pagination.next')} disabled={last} onClick={() => onPage(page + 1)}>
        <ChevronRight aria-hidden />
      </Button>
    </nav>
  )
}
