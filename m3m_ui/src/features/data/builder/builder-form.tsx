import { Plus } from 'lucide-react'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSubmit } from '@/components/form'
import { LeaveDialog } from '@/components/leave-dialog'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Tabs, TabsContent, TabsList, TabsTrigger } from '@/components/ui/tabs'
import { useProjectSlug } from '@/lib/project'
import { toast, toastError } from '@/lib/toast'
import { useLeaving } from '@/lib/use-leaving'
import { useUrlState } from '@/lib/use-url-state'
import { useNewestModel } from '../api'
import type { ListedModel, Model } from '../lib/types'
import { DeleteModel } from './delete-model'
import { type DraftField, newField } from './draft'
import { FieldCard } from './field-card'
import { Identity } from './identity'
import { LayoutEditor } from './layout-editor'
import { ReportDialog } from './report-dialog'
import { Sortable } from './sortable'
import { StaleDialog } from './stale-dialog'
import { useDesign } from './use-design'
import { useSaveModel } from './use-save-model'

/** A model that is designed: a new one, or one with records in it. */
export function BuilderForm({ model }: { model: ListedModel | undefined }) {
  const { t } = useTranslation(['data', 'common'])
  const project = useProjectSlug()
  const navigate = useNavigate()
  const design = useDesign(model)
  const { base, draft, setDraft } = design
  const leaving = useLeaving(design.isChanged)
  const newest = useNewestModel()
  const [theirs, setTheirs] = useState<Model>()
  const [opened, setOpened] = useState<readonly string[]>(() => (model ? [] : draft.fields.map((field) => field.uid)))
  const [added, setAdded] = useState<string>()
  const [tab, setTab] = useUrlState('tab', 'fields')
  const saving = useSaveModel({
    onSaved: (saved) => {
      leaving.release()
      design.forget()
      toast.success(t('builder.saved', { name: saved.name }))
      void navigate(`/projects/${project}/data/${saved.slug}`)
    },
    onStale: () => void newest(base?.id ?? '').then(setTheirs, toastError),
  })
  const { problems, clear } = saving
  const change = useCallback((field: DraftField) => {
    setDraft((now) => ({ ...now, fields: now.fields.map((each) => (each.uid === field.uid ? field : each)) }))
    clear(field.uid)
  }, [clear, setDraft])
  const remove = useCallback((uid: string) => setDraft((now) => ({ ...now, fields: now.fields.filter((each) => each.uid !== uid) })), [setDraft])
  const toggle = useCallback((uid: string) => setOpened((now) => (now.includes(uid) ? now.filter((each) => each !== uid) : [...now, uid])), [])
  const add = () => {
    const field = newField()
    setAdded(field.uid)
    setDraft((now) => ({ ...now, fields: [...now.fields, field] }))
    setOpened((now) => [...now, field.uid])
  }
  const order = (ids: string[]) => setDraft((now) => ({ ...now, fields: ids.flatMap((id) => now.fields.filter((each) => each.uid === id)) }))
  const submit = useSubmit(() => saving.save(base, draft))
  const others = Object.entries(problems.model).filter(([path]) => path !== 'name' && path !== 'slug')
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {design.isRestored && design.isChanged && (
        <Alert tone="info" actions={<Button size="sm" onClick={() => design.take(model)}>{t('record.discard')}</Button>}>{t('builder.restored')}</Alert>
      )}
      <Identity draft={draft} isNew={!model} problems={problems.model} onChange={(values) => setDraft((now) => ({ ...now, ...values }))} />
      {others.length > 0 && (
        <Alert tone="danger" title={t('builder.refused')}>
          <ul>{others.map(([path, message]) => <li key={path}><code className="font-mono text-xs">{path}</code> {message}</li>)}</ul>
        </Alert>
      )}
      <Tabs value={tab} onValueChange={setTab}>
        <TabsList>
          <TabsTrigger value="fields">{t('builder.fields')} <span className="tabular text-faint">{draft.fields.length}</span></TabsTrigger>
          <TabsTrigger value="layout">{t('builder.layout')}</TabsTrigger>
          {model && <TabsTrigger value="danger">{t('builder.danger')}</TabsTrigger>}
        </TabsList>
        <TabsContent value="fields" className="flex flex-col gap-2 pt-4">
          <Sortable ids={draft.fields.map((field) => field.uid)} onOrder={order}>
            <ul className="flex flex-col gap-2">
              {draft.fields.map((field) => (
                <FieldCard key={field.uid} field={field} open={opened.includes(field.uid)} isAdded={field.uid === added} problems={problems.fields[field.uid]} onToggle={toggle} onChange={change} onRemove={remove} />
              ))}
            </ul>
          </Sortable>
          <Button className="self-start" onClick={add}><Plus aria-hidden />{t('field.add')}</Button>
        </TabsContent>
        <TabsContent value="layout" className="pt-4">
          <LayoutEditor draft={draft} onChange={(layout) => setDraft((now) => ({ ...now, layout }))} />
        </TabsContent>
        {model && <TabsContent value="danger" className="pt-4"><DeleteModel model={model} /></TabsContent>}
      </Tabs>
      {tab !== 'danger' && (
        <footer className="sticky bottom-0 z-20 -mx-4 flex justify-end gap-2 border-t border-line bg-bg px-4 py-3 sm:-mx-6 sm:px-6">
          <Button onClick={() => void navigate(-1)}>{t('common:cancel')}</Button>
          <Button type="submit" variant="primary" busy={saving.isBusy && !saving.report}>{model ? t('common:save') : t('common:create')}</Button>
        </footer>
      )}
      {saving.report && <ReportDialog report={saving.report} busy={saving.isBusy} onClose={saving.dismiss} onConfirm={() => saving.confirm(base, draft)} />}
      {theirs && base && (
        <StaleDialog
          base={base} theirs={theirs} onClose={() => setTheirs(undefined)}
          onTake={() => { setTheirs(undefined); design.take(theirs) }}
          onKeep={() => { setTheirs(undefined); void saving.save(theirs, design.rebase(theirs)) }}
        />
      )}
      <LeaveDialog blocker={leaving.blocker} title={t('leave.title')} action={t('leave.action')}>{t('leave.kept')}</LeaveDialog>
    </form>
  )
}