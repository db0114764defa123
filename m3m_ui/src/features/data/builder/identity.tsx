import { useTranslation } from 'react-i18next'
import { Field } from '@/components/form'
import { Card, CardBody } from '@/components/ui/card'
import { Input } from '@/components/ui/input'
import { modelSlug } from '../lib/names'
import type { Draft } from './draft'

interface IdentityProps {
  draft: Draft
  isNew: boolean
  problems: Record<string, string>
  onChange: (values: Partial<Pick<Draft, 'name' | 'slug'>>) => void
}

/** The name of a model and its slug, which follows the name of a new one. */
export function Identity({ draft, isNew, problems, onChange }: IdentityProps) {
  const { t } = useTranslation('data')
  const follows = isNew && (draft.slug === '' || draft.slug === modelSlug(draft.name))
  return (
    <Card>
      <CardBody className="grid gap-4 pt-4 sm:grid-cols-2">
        <Field label={t('builder.name')} error={problems.name}>
          {(tied) => <Input {...tied} autoFocus={isNew} autoComplete="off" value={draft.name} onChange={(event) => onChange({ name: event.target.value, ...(follows ? { slug: modelSlug(event.target.value) } : {}) })} />}
        </Field>
        <Field label={t('builder.slug')} hint={t('builder.slugHint', { slug: draft.slug || 'orders' })} error={problems.slug}>
          {(tied) => <Input {...tied} autoComplete="off" autoCapitalize="off" spellCheck={false} className="font-mono text-sm" value={draft.slug} onChange={(event) => onChange({ slug: event.target.value })} />}
        </Field>
      </CardBody>
    </Card>
  )
}
