import { useTranslation } from 'react-i18next'
import { Sheet, SheetContent } from '@/components/ui/sheet'
import { Sidebar } from './sidebar'

interface PhoneMenuProps {
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** The sidebar of a narrow screen. */
export function PhoneMenu({ open, onOpenChange }: PhoneMenuProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} onOpenChange={onOpenChange}>
      <SheetContent side="left" title={t('appName')} className="max-w-72">
        <Sidebar className="h-full w-full border-0 bg-transparent" onNavigate={() => onOpenChange(false)} />
      </SheetContent>
    </Sheet>
  )
}
