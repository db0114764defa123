export { DataTable } from './data-table'
export type { ColumnDef, RowSelectionState } from '@tanstack/react-table'
