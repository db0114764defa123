import { closestCenter, DndContext, type DragEndEvent, KeyboardSensor, PointerSensor, useSensor, useSensors } from '@dnd-kit/core'
import { arrayMove, SortableContext, sortableKeyboardCoordinates, useSortable, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { CSS } from '@dnd-kit/utilities'
import { GripVertical } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

interface SortableProps {
  ids: readonly string[]
  onOrder: (ids: string[]) => void
  children: ReactNode
}

/** Rows that are put in order by dragging, or with Space and the arrow keys. */
export function Sortable({ ids, onOrder, children }: SortableProps) {
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }), useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }))
  const end = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) onOrder(arrayMove([...ids], ids.indexOf(String(active.id)), ids.indexOf(String(over.id))))
  }
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
      <SortableContext items={[...ids]} strategy={verticalListSortingStrategy}>
        {children}
      </SortableContext>
    </DndContext>
  )
}

interface SortableRowProps {
  id: string
  /** What the handle is called. */
  label: string
  className?: string
  children: (handle: ReactNode) => ReactNode
}

export function SortableRow({ id, label, className, children }: SortableRowProps) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id })
  const handle = (
    <button ref={setActivatorNodeRef} type="button" aria-label={label} {...attributes} {...listeners} className="cursor-grab touch-none rounded-sm p-1 text-faint hover:text-text">
      <GripVertical className="size-4" aria-hidden />
    </button>
  )
  return (
    <li ref={setNodeRef} style={{ transform: CSS.Translate.toString(transform), transition }} className={cn(isDragging && 'relative z-10 shadow-raised', className)}>
      {children(handle)}
    </li>
  )
}
