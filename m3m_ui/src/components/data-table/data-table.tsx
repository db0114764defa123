import { type ColumnDef, flexRender, getCoreRowModel, type OnChangeFn, type RowData, type RowSelectionState, useReactTable } from '@tanstack/react-table'
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react'
import { type ReactNode, useMemo } from 'react'
import { cn } from '@/lib/cn'
import { Skeleton } from '../ui/simple'
import { Table, TableCell, TableHead, TableRow } from '../ui/table'
import { selectionColumn } from './selection'

declare module '@tanstack/react-table' {
  // the names are those of the library's own declaration
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  interface ColumnMeta<TData extends RowData, TValue> {
    /** The name to sort by in the API; without it the column cannot be sorted. */
    sort?: string
    className?: string
  }
}

interface DataTableProps<T extends { id: string }> {
  label: string
  columns: readonly ColumnDef<T, unknown>[]
  /** undefined while they are being loaded. */
  rows: readonly T[] | undefined
  /** As in the API: `name`, `-created_at`. */
  sort?: string
  onSort?: (sort: string) => void
  selection?: RowSelectionState
  onSelection?: OnChangeFn<RowSelectionState>
  onRow?: (row: T) => void
  empty: ReactNode
}

const PLACES = 6

/** A list of the API as a table: the server sorts, filters and pages; here are the columns, selection and states. */
export function DataTable<T extends { id: string }>({ label, columns, rows, sort = '', onSort, selection, onSelection, onRow, empty }: DataTableProps<T>) {
  const data = useMemo(() => [...(rows ?? [])], [rows])
  const all = useMemo(() => (onSelection ? [selectionColumn<T>(), ...columns] : [...columns]), [columns, onSelection])
  const table = useReactTable({
    data,
    columns: all,
    state: { rowSelection: selection ?? {} },
    onRowSelectionChange: onSelection,
    getRowId: (row) => row.id,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    manualPagination: true,
  })
  if (rows?.length === 0) return <>{empty}</>
  return (
    <Table aria-label={label} aria-busy={rows === undefined}>
      <thead>
        {table.getHeaderGroups().map((group) => (
          <tr key={group.id}>
            {group.headers.map((header) => (
              <SortableHead key={header.id} name={header.column.columnDef.meta?.sort} sort={sort} onSort={onSort} className={header.column.columnDef.meta?.className}>
                {flexRender(header.column.columnDef.header, header.getContext())}
              </SortableHead>
            ))}
          </tr>
        ))}
      </thead>
      <tbody>
        {rows === undefined &&
          Array.from({ length: PLACES }, (_, place) => (
            <TableRow key={place}>
              {all.map((column, index) => (
                <TableCell key={index} className={column.meta?.className}><Skeleton className="h-4 w-2/3" /></TableCell>
              ))}
            </TableRow>
          ))}
        {table.getRowModel().rows.map((row) => (
          <TableRow key={row.id} data-selected={row.getIsSelected()} className={cn(onRow && 'cursor-pointer')} onClick={onRow && (() => onRow(row.original))}>
            {row.getVisibleCells().map((cell) => (
              <TableCell key={cell.id} className={cell.column.columnDef.meta?.className}>
                {flexRender(cell.column.columnDef.cell, cell.getContext())}
              </TableCell>
            ))}
          </TableRow>
        ))}
      </tbody>
    </Table>
  )
}

interface SortableHeadProps {
  name: string | undefined
  sort: string
  onSort?: (sort: string) => void
  className?: string
  children: ReactNode
}

function SortableHead({ name, sort, onSort, className, children }: SortableHeadProps) {
  if (!name || !onSort) return <TableHead className={className}>{children}</TableHead>
  const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'
  const Icon = { ascending: ArrowUp, descending: ArrowDown, none: ChevronsUpDown }[direction]
  return (
    <TableHead aria-sort={direction} className={className}>
      <button type="button" className="-mx-1 inline-flex items-center gap-1 rounded-sm px-1 hover:text-text" onClick={() => onSort(direction === 'ascending' ? `-${name}` : name)}>
        {children}
        <Icon className="size-3.5" aria-hidden />
      </button>
    </TableHead>
  )
}
