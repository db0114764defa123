import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from '@/lib/cn'
import { CloseCross, overlayLook } from './dialog'

export const Sheet = Primitive.Root

interface SheetContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode
  side?: 'left' | 'right'
}

export function SheetContent({ className, title, side = 'right', children, ...props }: SheetContentProps) {
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content
        aria-describedby={undefined}
        className={cn(
          'fixed inset-y-0 z-40 flex w-[calc(100%-3rem)] max-w-md flex-col border-line bg-raised shadow-dialog outline-none duration-200 data-[state=open]:animate-in data-[state=closed]:animate-out',
          side === 'left' && 'left-0 border-r data-[state=open]:slide-in-from-left data-[state=closed]:slide-out-to-left',
          side === 'right' && 'right-0 border-l data-[state=open]:slide-in-from-right data-[state=closed]:slide-out-to-right',
          className,
        )}
        {...props}
      >
        <header className="flex h-12 shrink-0 items-center border-b border-line pr-12 pl-4">
          <Primitive.Title className="truncate text-base font-semibold">{title}</Primitive.Title>
        </header>
        <div className="min-h-0 flex-1 overflow-y-auto">{children}</div>
        <CloseCross className="top-2.5 right-2.5" />
      </Primitive.Content>
    </Primitive.Portal>
  )
}
