import { useCallback, useEffect, useMemo, useState } from 'react'
import { useProjectSlug } from '@/lib/project'
import { useUser } from '@/lib/use-user'
import { draftKey, dropDraft, keepDraft, readDraft } from '../lib/drafts'
import type { Model } from '../lib/types'
import { same } from '../lib/values'
import { bodyOf, type Draft, draftOf, emptyDraft, rebased } from './draft'

interface Design {
  /** The model as it was when this began; undefined: a new one. */
  base: Model | undefined
  draft: Draft
}

const begun = (base: Model | undefined): Design => ({ base, draft: base ? draftOf(base) : emptyDraft() })

/** A model that is being designed. What is not saved outlives the page, and what others save meanwhile does not touch it. */
export function useDesign(model: Model | undefined) {
  const key = draftKey(useUser().id, useProjectSlug(), 'model', model?.id ?? 'new')
  const [kept] = useState(() => readDraft<Design>(key))
  const [design, setDesign] = useState<Design>(() => kept ?? begun(model))
  const [isRestored, setRestored] = useState(kept !== undefined)
  const { base, draft } = design
  const isChanged = useMemo(() => !same(bodyOf(draft), bodyOf(begun(base).draft)), [base, draft])
  if (!isChanged && model && base && model.revision > base.revision) setDesign(begun(model))
  useEffect(() => {
    if (isChanged) keepDraft(key, design)
    else dropDraft(key)
  }, [design, isChanged, key])
  const setDraft = useCallback((change: (now: Draft) => Draft) => setDesign((now) => ({ ...now, draft: change(now.draft) })), [])
  return {
    base, draft, isChanged, isRestored, setDraft,
    /** Begin again with the model as it is now. */
    take: (newest: Model | undefined) => {
      setRestored(false)
      setDesign(begun(newest))
    },
    /** Keep what was designed, over the model as it is now. Returns it. */
    rebase: (newest: Model): Draft => {
      const next = rebased(draft, newest)
      setDesign({ base: newest, draft: next })
      return next
    },
    forget: () => dropDraft(key),
  }
}
