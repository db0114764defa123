import { Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { Pair } from '../request'

interface PairsProps {
  pairs: readonly Pair[]
  /** What they are. */
  name: string
  onChange: (pairs: Pair[]) => void
}

/** Names and values; there is always an empty line for the next. */
export function Pairs({ pairs, name, onChange }: PairsProps) {
  const { t } = useTranslation('code')
  const write = (index: number, part: Partial<Pair>) => {
    const next = [...pairs]
    next[index] = { name: '', value: '', ...pairs[index], ...part }
    onChange(next)
  }
  return (
    <ul className="flex flex-col gap-1.5">
      {[...pairs, { name: '', value: '' }].map((pair, index) => (
        <li key={index} className="flex gap-1.5">
          <Input className="h-7 font-mono text-xs" aria-label={t('request.nameOf', { of: name, number: index + 1 })} placeholder={t('request.name')} value={pair.name} onChange={(event) => write(index, { name: event.target.value })} />
          <Input className="h-7 font-mono text-xs" aria-label={t('request.valueOf', { of: name, number: index + 1 })} placeholder={t('request.value')} value={pair.value} onChange={(event) => write(index, { value: event.target.value })} />
          <Button size="icon-sm" variant="ghost" disabled={index === pairs.length} aria-label={t('request.remove', { number: index + 1 })} onClick={() => onChange(pairs.filter((_, each) => each !== index))}><Trash2 aria-hidden /></Button>
        </li>
      ))}
    </ul>
  )
}
