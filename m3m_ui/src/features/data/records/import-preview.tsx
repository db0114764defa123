import { useTranslation } from 'react-i18next'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import type { Model } from '../lib/types'
import type { Imported } from '../records-api'
import type { Preview } from './preview'

const SYSTEM = ['id', 'created_at', 'updated_at', 'revision', 'expand']

/** The first rows of the file; a column that is no field is marked. */
export function PreviewTable({ preview, model }: { preview: Preview; model: Model }) {
  const { t } = useTranslation('data')
  const known = new Set([...model.fields.map((field) => field.key), ...SYSTEM])
  return (
    <Table aria-label={t('import.preview')}>
      <thead>
        <tr>
          {preview.header.map((name, index) => (
            <TableHead key={index} className={known.has(name) ? 'font-mono' : 'font-mono text-danger-text line-through'} title={known.has(name) ? undefined : t('import.unknown')}>{name}</TableHead>
          ))}
        </tr>
      </thead>
      <tbody>
        {preview.rows.map((row, place) => (
          <TableRow key={place}>
            {row.map((cell, index) => <TableCell key={index} className="h-8 max-w-48 truncate text-xs">{cell}</TableCell>)}
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

interface Complaint {
  message?: string
}

export function ImportErrors({ report }: { report: Imported }) {
  const { t } = useTranslation('data')
  return (
    <div role="region" aria-label={t('import.errors')} tabIndex={0} className="max-h-56 shrink-0 overflow-y-auto rounded-lg border border-line text-sm">
      <table className="w-full">
        <thead className="sr-only">
          <tr>
            <th>{t('import.row')}</th>
            <th>{t('import.field')}</th>
            <th>{t('import.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {report.errors.flatMap(({ row, fields }) =>
            Object.entries(fields).map(([name, complaint]) => (
              <tr key={`${row}:${name}`} className="border-b border-line last:border-0">
                <td className="tabular px-3 py-1.5 align-top whitespace-nowrap text-muted">{t('import.rowNumber', { row })}</td>
                <td className="px-3 py-1.5 align-top font-mono text-xs leading-5">{name}</td>
                <td className="w-full px-3 py-1.5 text-danger-text wrap-anywhere">{(complaint as Complaint).message}</td>
              </tr>
            )),
          )}
        </tbody>
      </table>
      {report.failed > report.errors.length && <p className="px-3 py-2 text-muted">{t('import.more', { count: report.failed - report.errors.length })}</p>}
    </div>
  )
}
