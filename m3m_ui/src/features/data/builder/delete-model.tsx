import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { Card, CardHeader } from '@/components/ui/card'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { formatNumber } from '@/lib/format'
import { useProjectSlug } from '@/lib/project'
import { toast } from '@/lib/toast'
import { useDeleteModel } from '../api'
import type { ListedModel } from '../lib/types'

export function DeleteModel({ model }: { model: ListedModel }) {
  const { t } = useTranslation('data')
  const project = useProjectSlug()
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const count = model.record_count
  const remove = useDeleteModel()
  const confirm = () =>
    remove.mutate(model.id, {
      onSuccess: () => {
        toast.success(t('delete.done', { name: model.name }))
        void navigate(`/projects/${project}/data`)
      },
      onError: () => setAsking(false),
    })
  const button = <Button variant="danger" onClick={() => setAsking(true)}><Trash2 aria-hidden />{t('delete.open')}</Button>
  return (
    <Card className="pb-2">
      <CardHeader title={t('delete.open')} description={t('delete.hint', { count, number: formatNumber(count) })} actions={button} />
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('delete.ask', { name: model.name })} action={t('delete.open')} typed={model.slug} busy={remove.isPending} onConfirm={confirm}>
        {t('delete.hint', { count, number: formatNumber(count) })}
      </ConfirmDialog>
    </Card>
  )
}
