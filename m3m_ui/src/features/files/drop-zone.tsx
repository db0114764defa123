import { UploadCloud } from 'lucide-react'
import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toastError } from '@/lib/toast'
import { type Chosen, droppedFiles } from './dropped'

interface DropZoneProps {
  disabled: boolean
  onFiles: (files: readonly Chosen[]) => void
  children: ReactNode
}

/** Takes files that are dropped anywhere on the page, and shows that it would. */
export function DropZone({ disabled, onFiles, children }: DropZoneProps) {
  const { t } = useTranslation('files')
  const [over, setOver] = useState(false)
  const depth = useRef(0) // entering a child comes before leaving its parent
  const takes = (event: DragEvent) => !disabled && event.dataTransfer.types.includes('Files')
  const enter = (event: DragEvent, by: number) => {
    if (!takes(event)) return
    depth.current += by
    setOver(depth.current > 0)
  }
  const drop = (event: DragEvent) => {
    if (!takes(event)) return
    event.preventDefault()
    depth.current = 0
    setOver(false)
    droppedFiles(event.dataTransfer).then(onFiles, toastError)
  }
  return (
    <div
      className="relative min-h-[60vh]"
      onDragEnter={(event) => enter(event, 1)}
      onDragLeave={(event) => enter(event, -1)}
      onDragOver={(event) => takes(event) && event.preventDefault()}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className="pointer-events-none absolute -inset-2 z-10 grid place-items-center rounded-xl border-2 border-dashed border-ring bg-accent-soft/90">
          <p className="flex items-center gap-2 text-base font-medium text-accent-text">
            <UploadCloud className="size-5" aria-hidden />
            {t('drop')}
          </p>
        </div>
      )}
    </div>
  )
}
