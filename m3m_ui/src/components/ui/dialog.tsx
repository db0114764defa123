import { X } from 'lucide-react'
import { Dialog as Primitive } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cn } from '@/lib/cn'
import { useFocusBack } from './use-focus-back'

export const Dialog = Primitive.Root
export const DialogClose = Primitive.Close

export const overlayLook =
  'fixed inset-0 z-40 bg-overlay data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=closed]:animate-out data-[state=closed]:fade-out-0'

interface DialogContentProps extends Omit<ComponentProps<typeof Primitive.Content>, 'title'> {
  title: ReactNode
  description?: ReactNode
  /** Without a cross, for what must be answered. */
  unclosable?: boolean
}

export function DialogContent({ className, title, description, unclosable, children, onOpenAutoFocus, ...props }: DialogContentProps) {
  const focusBack = useFocusBack(onOpenAutoFocus)
  return (
    <Primitive.Portal>
      <Primitive.Overlay className={overlayLook} />
      <Primitive.Content
        {...(description ? {} : { 'aria-describedby': undefined })}
        className={cn(
          'fixed top-[8vh] left-1/2 z-40 flex max-h-[84vh] w-[calc(100%-2rem)] max-w-lg -translate-x-1/2 flex-col rounded-xl border border-line bg-raised shadow-dialog outline-none',
          'data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98 duration-150',
          className,
        )}
        {...focusBack}
        {...props}
      >
        <header className={cn('px-5 pt-4 pb-3 wrap-anywhere', !unclosable && 'pr-12')}>
          <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
          {description && <Primitive.Description className="mt-0.5 text-sm text-muted">{description}</Primitive.Description>}
        </header>
        {children}
        {!unclosable && <CloseCross className="top-3.5 right-3.5" />}
      </Primitive.Content>
    </Primitive.Portal>
  )
}

/** In the corner. The last child, so that what a dialog is for has the focus first. */
export function CloseCross({ className }: { className: string }) {
  const { t } = useTranslation()
  return (
    <Primitive.Close className={cn('absolute rounded-md p-1.5 text-faint hover:bg-hover hover:text-text', className)} aria-label={t('close')}>
      <X className="size-4" aria-hidden />
    </Primitive.Close>
  )
}

/** What scrolls when the dialog is higher than the window. */
export function DialogBody({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('min-h-0 flex-1 overflow-y-auto px-5 py-1', className)} {...props} />
}

export function DialogFooter({ className, ...props }: ComponentProps<'div'>) {
  return <div className={cn('flex justify-end gap-2 px-5 pt-3 pb-4', className)} {...props} />
}
