import { Menu, Search } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { paletteOpen } from '@/lib/commands'
import { Breadcrumb } from './breadcrumb'

const PhoneMenu = lazy(async () => ({ default: (await import('./phone-menu')).PhoneMenu }))

export function Topbar() {
  const { t } = useTranslation()
  /** Undefined until it is first opened: it is loaded then. */
  const [open, setOpen] = useState<boolean>()
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-bg px-2 sm:px-4">
      <Button
        variant="ghost"
        size="icon"
        className="md:hidden"
        aria-label={t('nav.open')}
        aria-haspopup="dialog"
        aria-expanded={open === true}
        onClick={() => setOpen(true)}
      >
        <Menu aria-hidden />
      </Button>
      <Suspense fallback={null}>{open !== undefined && <PhoneMenu open={open} onOpenChange={setOpen} />}</Suspense>
      <Breadcrumb />
      <Button variant="ghost" size="icon" className="ml-auto md:hidden" aria-label={t('palette.open')} onClick={() => paletteOpen.set(true)}>
        <Search aria-hidden />
      </Button>
    </header>
  )
}
