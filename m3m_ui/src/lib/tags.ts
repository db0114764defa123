import { useTranslation } from 'react-i18next'
import type { components } from './api'

export type Tag = components['schemas']['ReleaseEntry']['tag']

/** Tags of releases in the chosen language. */
export function useTagName(): (tag: string) => string {
  const { t } = useTranslation()
  return (tag) => t(`tags.${tag as Tag}`, { defaultValue: tag })
}
