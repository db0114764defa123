import type { editor } from 'monaco-editor/editor'
import type { Files } from '../files'
import type { Workspace } from '../workspace'
import { monaco, SHOWN_JS } from './setup'

const LANGUAGES: Record<string, string> = { json: 'json', html: 'html', css: 'css', md: 'markdown', txt: 'plaintext' }

function languageOf(name: string): string {
  const ending = /\.([^./]+)$/.exec(name)?.[1] ?? 'js'
  return LANGUAGES[ending] ?? (['js', 'mjs', 'cjs'].includes(ending) ? 'javascript' : 'plaintext')
}

/** The language of a file outside of the branch that is being written. */
export function shownLanguageOf(name: string): string {
  const language = languageOf(name)
  return language === 'javascript' ? SHOWN_JS : language
}

/** A file without an ending is a script: the compiler must see one. */
function uriOf(name: string, files: Files) {
  const path = /\.[^/]+$/.test(name) || `${name}.js` in files ? name : `${name}.js`
  return monaco.Uri.parse(`file:///${path}`)
}

/** The files of one branch as the editor and the compiler have them; undo stays while they are open. */
export class Models {
  private readonly known = new Map<string, editor.ITextModel>()
  private readonly places = new Map<string, editor.ICodeEditorViewState | null>()
  private readonly workspace: Workspace
  private readonly stop: () => void

  constructor(workspace: Workspace) {
    this.workspace = workspace
    this.sync()
    this.stop = workspace.store.subscribe(() => this.sync())
  }

  get(name: string): editor.ITextModel | undefined {
    return this.known.get(name)
  }

  nameOf(model: editor.ITextModel | null): string | undefined {
    return [...this.known].find(([, each]) => each === model)?.[0]
  }

  nameAt(uri: { toString: () => string }): string | undefined {
    return [...this.known].find(([, each]) => each.uri.toString() === uri.toString())?.[0]
  }

  /** Where one was in the file, to come back to. */
  leave(name: string, editorThere: editor.ICodeEditor): void {
    this.places.set(name, editorThere.saveViewState())
  }

  placeIn(name: string): editor.ICodeEditorViewState | null {
    return this.places.get(name) ?? null
  }

  dispose(): void {
    this.stop()
    for (const model of this.known.values()) model.dispose()
    this.known.clear()
  }

  private sync(): void {
    const { files } = this.workspace.store.get()
    for (const [name, model] of this.known) {
      if (name in files) continue
      model.dispose()
      this.known.delete(name)
    }
    for (const [name, code] of Object.entries(files)) {
      const model = this.known.get(name)
      if (!model) this.open(name, code, files)
      else if (model.getValue() !== code) model.pushEditOperations([], [{ range: model.getFullModelRange(), text: code }], () => null)
    }
  }

  private open(name: string, code: string, files: Files): void {
    const uri = uriOf(name, files)
    monaco.editor.getModel(uri)?.dispose()
    const model = monaco.editor.createModel(code, languageOf(name), uri)
    model.updateOptions({ tabSize: 2, insertSpaces: true })
    model.onDidChangeContent(() => this.workspace.write(name, model.getValue()))
    this.known.set(name, model)
  }
}
