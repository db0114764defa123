import { useTranslation } from 'react-i18next'
import { Pagination } from '@/components/ui/pagination'
import { Select } from '@/components/ui/select'
import { Switch } from '@/components/ui/switch'
import { formatNumber } from '@/lib/format'
import { PER_PAGES, type View } from './use-view'

interface PagingProps {
  view: View
  shown: number
  /** -1 when they were not counted. */
  total: number
  pages: number
}

export function Paging({ view, shown, total, pages }: PagingProps) {
  const { t } = useTranslation('data')
  return (
    <footer className="flex shrink-0 flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm text-muted">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="tabular" aria-live="polite">
          {total >= 0 ? t('paging.total', { count: total, number: formatNumber(total) }) : t('paging.shown', { number: formatNumber(shown) })}
        </span>
        <Select
          aria-label={t('paging.perPage')}
          className="w-28"
          value={String(view.perPage)}
          onChange={(value) => view.setPerPage(Number(value))}
          options={PER_PAGES.map((each) => ({ value: String(each), label: t('paging.rows', { count: each }) }))}
        />
        <label className="flex items-center gap-2 max-sm:hidden">
          <Switch checked={view.isCounted} onCheckedChange={view.setCounted} />
          {t('paging.count')}
        </label>
      </div>
      <Pagination page={view.page} totalPages={pages} hasMore={shown === view.perPage} onPage={view.setPage} />
    </footer>
  )
}
