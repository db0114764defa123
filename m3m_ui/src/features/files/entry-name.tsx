import type { MouseEvent } from 'react'
import { Link, useLocation } from 'react-router'
import { cn } from '@/lib/cn'
import { useProjectSlug } from '@/lib/project'
import { useActions } from './actions'
import type { Entry } from './api'
import { folderAddress, parentOf } from './paths'

/** The name as a link to what it opens. */
export function EntryName({ entry, className }: { entry: Entry; className?: string }) {
  const project = useProjectSlug()
  const { search } = useLocation()
  const { open } = useActions()
  const query = new URLSearchParams(search)
  if (entry.is_dir) query.delete('search')
  else query.set('open', entry.name)
  const to = { pathname: folderAddress(project, entry.is_dir ? entry.path : parentOf(entry.path)), search: query.toString() }
  const click = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    open(entry)
  }
  return (
    <Link to={to} data-entry={entry.path} title={entry.name} onClick={click} className={cn('rounded-sm', className)}>
      {entry.name}
    </Link>
  )
}
