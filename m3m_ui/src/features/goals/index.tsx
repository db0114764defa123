export { GlobalGoalsPage } from './global-goals-page'
export { ProjectGoalsPage } from './project-goals-page'
