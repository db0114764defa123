import * as monaco from 'monaco-editor/editor'
import 'monaco-editor/features/register.all'
import 'monaco-editor/languages/definitions/css/register'
import 'monaco-editor/languages/definitions/html/register'
import { conf, language } from 'monaco-editor/languages/definitions/javascript/javascript'
import 'monaco-editor/languages/definitions/javascript/register'
import 'monaco-editor/languages/definitions/markdown/register'
import 'monaco-editor/languages/features/json/register'
import * as tsLanguage from 'monaco-editor/languages/features/typescript/register'
import EditorWorker from 'monaco-editor/editor/editor.worker?worker'
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker'
import TsWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker'
import { isDark } from '@/lib/theme'
import strictness from './strictness.json'
import { DARK, LIGHT } from './themes'

self.MonacoEnvironment = {
  getWorker(_id: string, label: string) {
    if (label === 'typescript' || label === 'javascript') return new TsWorker()
    return label === 'json' ? new JsonWorker() : new EditorWorker()
  },
}

/** `await` at the top of a script, and hints to turn one kind of module into another: all of them are allowed here. */
const ALLOWED = [1375, 1378, 80001, 80005]

const js = tsLanguage.javascriptDefaults
js.setCompilerOptions({
  ...strictness,
  target: tsLanguage.ScriptTarget.ESNext,
  module: tsLanguage.ModuleKind.ESNext,
  moduleResolution: tsLanguage.ModuleResolutionKind.NodeJs,
  baseUrl: 'file:///',
  lib: ['es2023'],
  allowJs: true,
  checkJs: true,
  noEmit: true,
  allowNonTsExtensions: true,
  allowSyntheticDefaultImports: true,
  esModuleInterop: true,
  resolveJsonModule: true,
})
js.setDiagnosticsOptions({ diagnosticCodesToIgnore: ALLOWED })
js.setEagerModelSync(true)

/** JavaScript that is only looked at: the compiler must not take it for another file of the service. */
export const SHOWN_JS = 'javascript-shown'
monaco.languages.register({ id: SHOWN_JS })
monaco.languages.setLanguageConfiguration(SHOWN_JS, conf)
monaco.languages.setMonarchTokensProvider(SHOWN_JS, language)

monaco.editor.defineTheme('m3m-light', LIGHT)
monaco.editor.defineTheme('m3m-dark', DARK)
const follow = () => monaco.editor.setTheme(isDark.get() ? 'm3m-dark' : 'm3m-light')
isDark.subscribe(follow)
follow()

let declared = ''

/** Declarations of everything that a service can use. */
export function setTypes(text: string): void {
  if (text === declared) return
  declared = text
  js.setExtraLibs([{ content: text, filePath: 'file:///node_modules/@types/m3m/index.d.ts' }])
}

export { monaco }
