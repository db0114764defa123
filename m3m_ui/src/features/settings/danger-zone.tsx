import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import type { Project } from '@/lib/project'
import { toast } from '@/lib/toast'
import { useDelete } from './api'

export function DangerZone({ project, mayDelete }: { project: Project; mayDelete: boolean }) {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const [asking, setAsking] = useState(false)
  const remove = useDelete(() => {
    toast.success(t('danger.deleted', { name: project.name }))
    return navigate('/projects')
  })
  const confirm = () => remove.mutate(undefined, { onError: () => setAsking(false) })
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-medium">{t('danger.delete')}</p>
        <p className="text-sm text-muted">{mayDelete ? t('danger.hint') : t('danger.ownerOnly')}</p>
      </div>
      <Button variant="danger" disabled={!mayDelete} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden />
        {t('danger.delete')}
      </Button>
      <ConfirmDialog open={asking} onOpenChange={setAsking} title={t('danger.ask', { name: project.name })} action={t('danger.delete')} typed={project.name} busy={remove.isPending} onConfirm={confirm}>
        {t('danger.hint')}
      </ConfirmDialog>
    </div>
  )
}
