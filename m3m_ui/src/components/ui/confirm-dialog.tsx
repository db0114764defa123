import { AlertDialog as Primitive } from 'radix-ui'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './button'
import { overlayLook } from './dialog'
import { Input } from './input'
import { Label } from './label'
import { useFocusBack } from './use-focus-back'

interface ConfirmDialogProps {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  children?: ReactNode
  /** The word on the button that does it. */
  action: string
  danger?: boolean
  /** Must be typed before it can be done. */
  typed?: string
  busy?: boolean
  onConfirm: () => void
}

/** Asks before something that cannot be taken back. The caller closes it when it is done. */
export function ConfirmDialog({ open, onOpenChange, title, children, action, danger = true, typed, busy = false, onConfirm }: ConfirmDialogProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const field = useRef<HTMLInputElement>(null)
  // one begins to type where there is something to type; else on the way back
  const focusBack = useFocusBack((event) => {
    if (!field.current) return
    event.preventDefault()
    field.current.focus()
  })
  const isTyped = typed === undefined || text === typed
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // it may be asked within a form, which is not meant
    if (isTyped && !busy) onConfirm()
  }
  const change = (next: boolean) => {
    setText('')
    onOpenChange(next)
  }
  return (
    <Primitive.Root open={open} onOpenChange={change}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayLook} />
        <Primitive.Content {...focusBack} className="fixed top-[16vh] left-1/2 z-40 w-[calc(100%-2rem)] max-w-md -translate-x-1/2 rounded-xl border border-line bg-raised p-5 wrap-anywhere shadow-dialog outline-none data-[state=open]:animate-in data-[state=open]:fade-in-0 data-[state=open]:zoom-in-98">
          <Primitive.Title className="text-lg font-semibold">{title}</Primitive.Title>
          <Primitive.Description asChild>
            <div className="mt-1 text-sm text-muted">{children}</div>
          </Primitive.Description>
          {typed !== undefined && (
            <form onSubmit={submit} className="mt-4 flex flex-col gap-1.5">
              <Label htmlFor="confirm-typed">{t('confirm.type', { text: typed })}</Label>
              <Input ref={field} id="confirm-typed" value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
            </form>
          )}
          <div className="mt-5 flex justify-end gap-2">
            <Primitive.Cancel asChild><Button>{t('cancel')}</Button></Primitive.Cancel>
            <Button variant={danger ? 'danger' : 'primary'} busy={busy} disabled={!isTyped} onClick={onConfirm}>
              {action}
            </Button>
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
