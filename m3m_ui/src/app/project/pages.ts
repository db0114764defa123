import { Braces, Database, Folder, LayoutDashboard, type LucideIcon, ScrollText, Settings, Target, Variable } from 'lucide-react'

export interface ProjectPage {
  /** Below the project; empty for its first page. */
  path: string
  key: 'overview' | 'code' | 'data' | 'files' | 'goals' | 'environment' | 'logs' | 'settings'
  icon: LucideIcon
}

export const PROJECT_PAGES: readonly ProjectPage[] = [
  { path: '', key: 'overview', icon: LayoutDashboard },
  { path: 'code', key: 'code', icon: Braces },
  { path: 'data', key: 'data', icon: Database },
  { path: 'files', key: 'files', icon: Folder },
  { path: 'goals', key: 'goals', icon: Target },
  { path: 'env', key: 'environment', icon: Variable },
  { path: 'logs', key: 'logs', icon: ScrollText },
  { path: 'settings', key: 'settings', icon: Settings },
]
