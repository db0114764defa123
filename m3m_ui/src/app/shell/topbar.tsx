import { Menu, Search } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Sheet, SheetContent, SheetTrigger } from '@/components/ui/sheet'
import { paletteOpen } from '@/lib/commands'
import { Breadcrumb } from './breadcrumb'
import { Sidebar } from './sidebar'

export function Topbar() {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <header className="flex h-12 shrink-0 items-center gap-2 border-b border-line bg-bg px-2 sm:px-4">
      <Sheet open={open} onOpenChange={setOpen}>
        <SheetTrigger asChild>
          <Button variant="ghost" size="icon" className="md:hidden" aria-label={t('nav.open')}>
            <Menu aria-hidden />
          </Button>
        </SheetTrigger>
        <SheetContent side="left" title={t('appName')} className="max-w-72">
          <Sidebar className="h-full w-full border-0 bg-transparent" onNavigate={() => setOpen(false)} />
        </SheetContent>
      </Sheet>
      <Breadcrumb />
      <Button variant="ghost" size="icon" className="ml-auto md:hidden" aria-label={t('palette.open')} onClick={() => paletteOpen.set(true)}>
        <Search aria-hidden />
      </Button>
    </header>
  )
}
