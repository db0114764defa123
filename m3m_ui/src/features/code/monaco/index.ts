export { CodeEditor } from './code-editor'
export { CodeView } from './code-view'
export { DiffView } from './diff-view'
