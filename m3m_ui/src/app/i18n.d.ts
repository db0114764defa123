import 'i18next'
import type common from '@/locales/en/common.json'
import type errors from '@/locales/en/errors.json'
import type auth from '@/features/auth/locales/en.json'
import type code from '@/features/code/locales/en.json'
import type data from '@/features/data/locales/en.json'
import type environment from '@/features/environment/locales/en.json'
import type files from '@/features/files/locales/en.json'
import type goals from '@/features/goals/locales/en.json'
import type logs from '@/features/logs/locales/en.json'
import type overview from '@/features/overview/locales/en.json'
import type plugins from '@/features/plugins/locales/en.json'
import type profile from '@/features/profile/locales/en.json'
import type projects from '@/features/projects/locales/en.json'
import type reference from '@/features/reference/locales/en.json'
import type settings from '@/features/settings/locales/en.json'
import type users from '@/features/users/locales/en.json'

/** Texts are typed by the English files: a key that is not there does not compile. */
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: {
      common: typeof common
      errors: typeof errors
      auth: typeof auth
      code: typeof code
      data: typeof data
      environment: typeof environment
      files: typeof files
      goals: typeof goals
      logs: typeof logs
      overview: typeof overview
      plugins: typeof plugins
      profile: typeof profile
      projects: typeof projects
      reference: typeof reference
      settings: typeof settings
      users: typeof users
    }
  }
}
