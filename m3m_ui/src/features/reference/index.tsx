export { ReferencePage } from './reference-page'
