import type { ReactNode } from 'react'
import { Logo } from '@/components/logo'
import { LanguageSwitch } from './language-switch'

interface FrameProps {
  title: string
  hint?: ReactNode
  children: ReactNode
}

/** A form alone in the window: before somebody is signed in. */
export function Frame({ title, hint, children }: FrameProps) {
  return (
    <div className="flex h-full flex-col overflow-y-auto bg-subtle px-4">
      <main className="mx-auto my-auto w-full max-w-sm py-10">
        <div className="rounded-xl border border-line bg-surface p-6 shadow-raised sm:p-8">
          <Logo className="mb-5 size-9" />
          <h1 className="text-xl">{title}</h1>
          {hint && <p className="mt-1 text-sm text-muted">{hint}</p>}
          <div className="mt-6">{children}</div>
        </div>
        <LanguageSwitch />
      </main>
    </div>
  )
}
