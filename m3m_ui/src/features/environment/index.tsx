export { EnvironmentPage } from './environment-page'
