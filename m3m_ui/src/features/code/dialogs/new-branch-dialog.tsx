import { zodResolver } from '@hookform/resolvers/zod'
import { useForm } from 'react-hook-form'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { answerOf, InputField, SelectField, showServerErrors, useSubmit } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Dialog, DialogBody, DialogClose, DialogContent, DialogFooter } from '@/components/ui/dialog'
import { useBranches, useCreateBranch, useReleases } from '../api'

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/

interface NewBranchDialogProps {
  /** What it is a copy of, unless another is chosen. */
  from: string
  fromRelease?: boolean
  onCreated: (name: string) => void
  onClose: () => void
}

export function NewBranchDialog({ onClose, ...form }: NewBranchDialogProps) {
  const { t } = useTranslation('code')
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogContent title={t('branch.new')} description={t('branch.newHint')}>
        <NewBranchForm {...form} onClose={onClose} />
      </DialogContent>
    </Dialog>
  )
}

function NewBranchForm({ from, fromRelease, onCreated, onClose }: NewBranchDialogProps) {
  const { t } = useTranslation(['code', 'common'])
  const create = useCreateBranch()
  const branches = useBranches().data?.items ?? []
  const releases = useReleases().data?.items ?? []
  const schema = z.object({ name: z.string().trim().regex(NAME, t('branch.nameWrong')), source: z.string() })
  const form = useForm<z.infer<typeof schema>>({
    resolver: zodResolver(schema),
    defaultValues: { name: '', source: `${fromRelease ? 'release' : 'branch'}:${from}` },
  })
  const submit = useSubmit(form.handleSubmit(({ name, source }) => {
    const [kind, ...rest] = source.split(':')
    const of = rest.join(':')
    return answerOf(create, { name, from_branch: kind === 'branch' ? of : null, from_release: kind === 'release' ? of : null }).then(
      (made) => {
        onClose()
        onCreated(made.name)
      },
      (error: unknown) => showServerErrors(form, error, { branch_exists: 'name' }),
    )
  }))
  const options = [
    ...branches.map((each) => ({ value: `branch:${each.name}`, label: t('branch.ofBranch', { name: each.name }) })),
    ...releases.map((each) => ({ value: `release:${each.version}`, label: t('branch.ofRelease', { version: each.version }) })),
  ]
  return (
    <form noValidate className="contents" onSubmit={submit}>
      <DialogBody className="flex flex-col gap-4">
        <InputField control={form.control} name="name" label={t('branch.name')} autoFocus autoComplete="off" spellCheck={false} className="font-mono text-sm" />
        <SelectField control={form.control} name="source" label={t('branch.source')} options={options} />
      </DialogBody>
      <DialogFooter>
        <DialogClose asChild><Button>{t('common:cancel')}</Button></DialogClose>
        <Button type="submit" variant="primary" busy={create.isPending}>{t('common:create')}</Button>
      </DialogFooter>
    </form>
  )
}
