import { BookOpen, FolderKanban, type LucideIcon, Plug, Target, Users } from 'lucide-react'

export interface NavItem {
  to: string
  key: 'projects' | 'goals' | 'users' | 'plugins' | 'reference'
  icon: LucideIcon
}

export const NAVIGATION: readonly NavItem[] = [
  { to: '/projects', key: 'projects', icon: FolderKanban },
  { to: '/goals', key: 'goals', icon: Target },
  { to: '/users', key: 'users', icon: Users },
  { to: '/plugins', key: 'plugins', icon: Plug },
  { to: '/reference', key: 'reference', icon: BookOpen },
]
