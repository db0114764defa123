import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'
import { formatNumber } from '@/lib/format'
import { useOtherModel } from '../../api'
import { recordName, titleField } from '../../lib/names'
import type { Model } from '../../lib/types'
import { useFirst, useNamed } from '../../records-api'
import { RefControl } from './choice'
import { asText, type ValueControlProps } from './props'
import { noneOption, valueOf } from './simple'

/** A ref to a model with few records: a plain list. Of more than it holds, the search is a button away. */
export function RefSelectControl(props: ValueControlProps) {
  const target = useOtherModel(String(props.field.options.model ?? ''))
  const [searches, setSearches] = useState(false)
  if (!target || searches) return <RefControl {...props} />
  return <List {...props} target={target} onSearch={() => setSearches(true)} />
}

function List({ field, value, onChange, tied, target, onSearch }: ValueControlProps & { target: Model; onSearch: () => void }) {
  const { t } = useTranslation('data')
  const chosen = asText(value)
  const first = useFirst(target.slug, titleField(target))
  const listed = first.data?.items ?? []
  const isListed = chosen === '' || listed.some((record) => record.id === chosen)
  const named = useNamed(target.slug, first.data && !isListed ? [chosen] : [])
  const records = isListed ? listed : [...(named.data ?? [{ id: chosen }]), ...listed]
  const options = records.map((record) => ({ value: record.id, label: recordName(target, record) }))
  const isCut = first.data !== undefined && first.data.total > listed.length
  return (
    <div className="flex flex-col gap-1">
      <Select {...tied} placeholder={t('control.choose')} value={chosen} onChange={(next) => onChange(valueOf(next))} options={[...noneOption(field, t('control.none')), ...options]} />
      {isCut && (
        <p className="flex items-center gap-1 text-xs text-muted">
          {t('control.first', { shown: formatNumber(listed.length), total: formatNumber(first.data.total) })}
          <Button variant="link" size="sm" className="px-1" onClick={onSearch}>{t('control.searchAll')}</Button>
        </p>
      )}
    </div>
  )
}
