import { Eye, EyeOff, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { CopyButton } from '@/components/ui/copy-button'
import { Table, TableCell, TableHead, TableRow } from '@/components/ui/table'
import { Tooltip } from '@/components/ui/tooltip'
import { cn } from '@/lib/cn'
import { formatRelative } from '@/lib/format'
import { useDeleteVariable, type Variable } from './api'
import { written } from './values'

interface VariableTableProps {
  variables: Variable[]
  onEdit: (key: string) => void
}

export function VariableTable({ variables, onEdit }: VariableTableProps) {
  const { t } = useTranslation('environment')
  const [leaving, setLeaving] = useState<string>()
  const remove = useDeleteVariable()
  return (
    <>
      <Table aria-label={t('title')}>
        <thead>
          <tr>
            <TableHead>{t('key')}</TableHead>
            <TableHead className="max-sm:hidden">{t('type')}</TableHead>
            <TableHead className="w-full">{t('value')}</TableHead>
            <TableHead className="max-sm:hidden">{t('changed')}</TableHead>
            <TableHead><span className="sr-only">{t('actions')}</span></TableHead>
          </tr>
        </thead>
        <tbody>
          {variables.map((each) => (
            <VariableRow key={each.key} variable={each} onEdit={() => onEdit(each.key)} onDelete={() => setLeaving(each.key)} />
          ))}
        </tbody>
      </Table>
      <ConfirmDialog
        open={leaving !== undefined}
        onOpenChange={() => setLeaving(undefined)}
        title={t('delete.title', { key: leaving })}
        action={t('delete.action')}
        busy={remove.isPending}
        onConfirm={() => leaving !== undefined && remove.mutate(leaving, { onSettled: () => setLeaving(undefined) })}
      >
        {t('delete.hint')}
      </ConfirmDialog>
    </>
  )
}

interface RowProps {
  variable: Variable
  onEdit: () => void
  onDelete: () => void
}

function VariableRow({ variable, onEdit, onDelete }: RowProps) {
  const { t } = useTranslation(['environment', 'common'])
  return (
    <TableRow>
      <TableCell className="font-mono text-xs font-medium max-sm:min-w-24 max-sm:wrap-anywhere sm:whitespace-nowrap">{variable.key}</TableCell>
      <TableCell className="max-sm:hidden"><Badge>{t(`types.${variable.type}`)}</Badge></TableCell>
      <TableCell className="max-w-0 sm:min-w-52"><Masked text={written(variable.type, variable.value)} /></TableCell>
      <TableCell className="text-xs whitespace-nowrap text-muted max-sm:hidden">{formatRelative(variable.updated_at)}</TableCell>
      <TableCell>
        <div className="flex justify-end gap-1">
          <Tooltip text={t('common:edit')}>
            <Button size="icon-sm" variant="ghost" aria-label={t('editOf', { key: variable.key })} onClick={onEdit}><Pencil aria-hidden /></Button>
          </Tooltip>
          <Tooltip text={t('common:delete')}>
            <Button size="icon-sm" variant="ghost" aria-label={t('deleteOf', { key: variable.key })} onClick={onDelete}><Trash2 aria-hidden /></Button>
          </Tooltip>
        </div>
      </TableCell>
    </TableRow>
  )
}

/** Values are often secrets: one is shown when asked for. */
function Masked({ text }: { text: string }) {
  const { t } = useTranslation('environment')
  const [shown, setShown] = useState(false)
  const Icon = shown ? EyeOff : Eye
  return (
    <div className="flex items-center gap-1">
      <Button size="icon-sm" variant="ghost" aria-label={t(shown ? 'hide' : 'show')} aria-pressed={shown} onClick={() => setShown(!shown)}><Icon aria-hidden /></Button>
      <CopyButton text={text} />
      <span className={cn('min-w-0 font-mono text-xs text-muted', shown && 'max-h-40 overflow-y-auto py-1 wrap-anywhere whitespace-pre-wrap')}>{shown ? text : '••••••'}</span>
    </div>
  )
}
