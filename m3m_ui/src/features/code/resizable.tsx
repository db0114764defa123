import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'

interface ResizableProps {
  /** Under this name the size is kept. */
  name: string
  /** Where the handle is. */
  side: 'top' | 'right'
  /** Pixels. */
  initial: number
  min: number
  max: number
  /** Closed, it is as large as what is in it. */
  open?: boolean
  className?: string
  children: ReactNode
}

const STEP = 24

/** A pane with a handle at one side, for the mouse and for the arrow keys. Never more than two thirds of its frame. */
export function Resizable({ name, side, initial, min, max, open = true, className, children }: ResizableProps) {
  const { t } = useTranslation('code')
  const key = `m3m.code.size.${name}`
  const [size, setSize] = useState(() => Number(localStorage.getItem(key)) || initial)
  const isTop = side === 'top'
  const resize = (next: number) => {
    const fitting = Math.round(Math.min(Math.max(next, min), max))
    setSize(fitting)
    localStorage.setItem(key, String(fitting))
  }
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const handle = event.currentTarget
    const [from, before] = [isTop ? event.clientY : event.clientX, handle.parentElement?.[isTop ? 'clientHeight' : 'clientWidth'] ?? size]
    const move = (now: globalThis.PointerEvent) => resize(before + (isTop ? from - now.clientY : now.clientX - from))
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', move)
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', move), { once: true })
    event.preventDefault()
  }
  const press = (event: KeyboardEvent) => {
    const more = { ArrowUp: isTop, ArrowRight: !isTop }[event.key]
    const less = { ArrowDown: isTop, ArrowLeft: !isTop }[event.key]
    if (!more && !less) return
    event.preventDefault()
    resize(size + (more ? STEP : -STEP))
  }
  return (
    <div className={cn('relative shrink-0', isTop && 'max-h-2/3', className)} style={open ? { [isTop ? 'height' : 'width']: size } : undefined}>
      {open && (
        <div
          role="separator"
          tabIndex={0}
          aria-label={t('resize')}
          aria-orientation={isTop ? 'horizontal' : 'vertical'}
          aria-valuenow={size}
          aria-valuemin={min}
          aria-valuemax={max}
          onPointerDown={drag}
          onKeyDown={press}
          className={cn(
            'absolute z-10 touch-none transition-colors hover:bg-ring/50 focus-visible:bg-ring active:bg-ring',
            isTop ? 'inset-x-0 -top-1 h-2 cursor-row-resize' : 'inset-y-0 -right-1 w-2 cursor-col-resize',
          )}
        />
      )}
      {children}
    </div>
  )
}
