import { ChevronsUpDown, Plus, Rows3 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuRadioGroup, DropdownMenuRadioItem, DropdownMenuSeparator, DropdownMenuTrigger } from '@/components/ui/dropdown-menu'
import { useProjectSlug } from '@/lib/project'
import { useModels } from '../api'
import type { Model } from '../lib/types'

/** The way to other models on screens without room for their list. */
export function ModelSwitch({ model }: { model: Model }) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const navigate = useNavigate()
  const { data } = useModels()
  const go = (path: string) => void navigate(`/projects/${project}/data${path}`)
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button className="min-w-0 shrink lg:hidden" aria-label={t('models.switch', { name: model.name })}>
          <span className="truncate">{model.name}</span>
          <ChevronsUpDown aria-hidden />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start">
        <DropdownMenuRadioGroup value={model.slug} onValueChange={(slug) => go(`/${slug}`)}>
          {data?.items.map((each) => <DropdownMenuRadioItem key={each.id} value={each.slug}>{each.name}</DropdownMenuRadioItem>)}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => go('')}><Rows3 aria-hidden />{t('models.title')}</DropdownMenuItem>
        <DropdownMenuItem onSelect={() => go('/new-model')}><Plus aria-hidden />{t('models.new')}</DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  )
}
