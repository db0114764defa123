import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { cn } from '@/lib/cn'

const LOOK = {
  info: { icon: Info, look: 'bg-info-soft text-info-text' },
  warning: { icon: TriangleAlert, look: 'bg-warning-soft text-warning-text' },
  danger: { icon: CircleAlert, look: 'bg-danger-soft text-danger-text' },
}

interface AlertProps {
  tone?: keyof typeof LOOK
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}

export function Alert({ tone = 'info', title, children, actions, className }: AlertProps) {
  const { icon: Icon, look } = LOOK[tone]
  return (
    <div role={tone === 'info' ? 'status' : 'alert'} className={cn('flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm', look, className)}>
      <Icon className="mt-0.5 size-4 shrink-0" aria-hidden />
      <div className="min-w-0 flex-1 wrap-anywhere">
        {title && <p className="font-medium">{title}</p>}
        {children}
      </div>
      {actions}
    </div>
  )
}
