import type { ReactNode } from 'react'
import type { Blocker } from 'react-router'
import { ConfirmDialog } from './ui/confirm-dialog'

interface LeaveDialogProps {
  blocker: Blocker
  title: string
  action: string
  children: ReactNode
}

/** Asks whether to leave what is not saved; with `useLeaving`. */
export function LeaveDialog({ blocker, title, action, children }: LeaveDialogProps) {
  return (
    <ConfirmDialog open={blocker.state === 'blocked'} onOpenChange={() => blocker.reset?.()} title={title} action={action} onConfirm={() => blocker.proceed?.()}>
      {children}
    </ConfirmDialog>
  )
}
