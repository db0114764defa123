import { lazy } from 'react'

export { LoginPage } from './login-page'
export { ReloginDialog } from './relogin-dialog'
export const SetupPage = lazy(async () => ({ default: (await import('./setup-page')).SetupPage }))
