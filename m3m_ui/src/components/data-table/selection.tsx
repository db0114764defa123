import type { ColumnDef } from '@tanstack/react-table'
import { useTranslation } from 'react-i18next'
import { Checkbox } from '../ui/checkbox'

interface SelectBoxProps {
  checked: boolean | 'indeterminate'
  onChange: (checked: boolean) => void
  label: 'selectAll' | 'selectRow'
}

function SelectBox({ checked, onChange, label }: SelectBoxProps) {
  const { t } = useTranslation()
  return <Checkbox aria-label={t(label)} checked={checked} onCheckedChange={(value) => onChange(value === true)} onClick={(event) => event.stopPropagation()} />
}

export function selectionColumn<T>(): ColumnDef<T, unknown> {
  return {
    id: 'selection',
    header: ({ table }) => (
      <SelectBox
        label="selectAll"
        checked={table.getIsSomePageRowsSelected() ? 'indeterminate' : table.getIsAllPageRowsSelected()}
        onChange={(value) => table.toggleAllPageRowsSelected(value)}
      />
    ),
    cell: ({ row }) => <SelectBox label="selectRow" checked={row.getIsSelected()} onChange={(value) => row.toggleSelected(value)} />,
    meta: { className: 'w-9 pr-0' },
  }
}
