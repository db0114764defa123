import { useTranslation } from 'react-i18next'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Skeleton } from '@/components/ui/simple'
import { ErrorState } from '@/components/ui/states'
import { recordName } from '../lib/names'
import type { Model } from '../lib/types'
import { useRecord } from '../records-api'
import { RecordForm } from './record-form'

const PLACES = 5

interface RecordSheetProps {
  model: Model
  /** undefined: a new one. */
  record: string | undefined
  /** The new one begins as a copy of this. */
  copyOf: string | undefined
  onOpen: (record: string | undefined, copyOf?: string) => void
}

/** On the first field, not on the cross. A record that is only looked at has no field in focus yet: the keys are the sheet's. */
function focusFirst(event: Event): void {
  event.preventDefault()
  const sheet = event.currentTarget as HTMLElement
  const first = sheet.querySelector<HTMLElement>('[data-field] input, [data-field] textarea')
  if (first) first.focus()
  else sheet.focus()
}

/** A record beside its table. */
export function RecordSheet({ model, record, copyOf, onOpen }: RecordSheetProps) {
  const { t } = useTranslation('data')
  const source = record ?? copyOf
  const { data, error, refetch, isFetchedAfterMount } = useRecord(model.slug, source)
  const close = () => onOpen(undefined)
  const title = record === undefined ? t('record.new', { model: model.name }) : data ? recordName(model, data) : model.name
  return (
    <Sheet open onOpenChange={(open) => !open && close()}>
      <SheetContent title={title} className="w-full max-w-2xl max-sm:border-l-0" onOpenAutoFocus={focusFirst}>
        {error && !data ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : source !== undefined && !(data && isFetchedAfterMount) ? (
          <div className="flex flex-col gap-5 p-5" aria-busy="true">
            {Array.from({ length: PLACES }, (_, place) => (
              <div key={place} className="flex flex-col gap-2">
                <Skeleton className="h-4 w-28" />
                <Skeleton className="h-8" />
              </div>
            ))}
          </div>
        ) : (
          <RecordForm model={model} record={record === undefined ? undefined : data} copied={record === undefined ? data : undefined} onOpen={onOpen} />
        )}
      </SheetContent>
    </Sheet>
  )
}
