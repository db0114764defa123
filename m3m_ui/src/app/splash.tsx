import { Logo } from '@/components/logo'

/** Before it is known who is here. Appears late, so that a quick start does not flicker. */
export function Splash() {
  return (
    <div className="grid h-full place-items-center" role="status" aria-busy="true">
      <Logo className="size-9 animate-in fade-in-0 delay-300 duration-300 fill-mode-both" />
    </div>
  )
}
