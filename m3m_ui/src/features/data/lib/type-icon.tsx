import { AlignLeft, AtSign, Braces, Calendar, CalendarClock, CheckSquare, Hash, Link2, List, type LucideIcon, Paperclip, Percent, Spline, Tags, Type } from 'lucide-react'
import { type FieldType, typeOf } from './types'

const ICONS: Record<FieldType, LucideIcon> = {
  string: Type,
  text: AlignLeft,
  number: Hash,
  float: Percent,
  bool: CheckSquare,
  date: Calendar,
  datetime: CalendarClock,
  select: List,
  multiselect: Tags,
  email: AtSign,
  url: Link2,
  ref: Spline,
  file: Paperclip,
  document: Braces,
}

export function TypeIcon({ type, className }: { type: string; className?: string }) {
  const Icon = ICONS[typeOf({ type })]
  return <Icon className={className} aria-hidden />
}
