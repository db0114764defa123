import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '@/lib/clipboard'
import { Button } from './button'
import { Tooltip } from './tooltip'

interface CopyButtonProps {
  text: string
  label?: string
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  const copy = async () => {
    setDone(await copyText(text))
    setTimeout(() => setDone(false), 1500)
  }
  const name = done ? t('copied') : (label ?? t('copy'))
  return (
    <Tooltip text={name}>
      <Button variant="ghost" size="icon-sm" aria-label={name} onClick={() => void copy()}>
        {done ? <Check aria-hidden /> : <Copy aria-hidden />}
      </Button>
    </Tooltip>
  )
}
