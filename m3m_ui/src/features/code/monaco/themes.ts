import type { editor } from 'monaco-editor/editor'

/** The colours of styles/tokens.css for the editor, which cannot read them; words of the code in the same spirit. */
function rules(of: Record<string, string>): editor.ITokenThemeRule[] {
  return Object.entries(of).map(([token, foreground]) => ({ token, foreground }))
}

export const LIGHT: editor.IStandaloneThemeData = {
  base: 'vs',
  inherit: true,
  rules: rules({
    comment: '6c6e7a', keyword: '4a4ac4', string: '14683f', number: '9a4a00', regexp: '9b2c6f', type: '0d5f9e', delimiter: '5c5e69', tag: '4a4ac4',
    'string.key.json': '0d5f9e', 'string.value.json': '14683f', 'keyword.json': '4a4ac4', 'attribute.name': '875100', 'attribute.value': '14683f',
  }),
  colors: {
    'editor.background': '#ffffff',
    'editor.foreground': '#1c1d22',
    'editor.lineHighlightBackground': '#f6f6f8',
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': '#d7d7f7',
    'editorLineNumber.foreground': '#8b8d98',
    'editorLineNumber.activeForeground': '#1c1d22',
    'editorIndentGuide.background1': '#eeeef1',
    'editorIndentGuide.activeBackground1': '#cfd0d7',
    'editorWidget.background': '#ffffff',
    'editorWidget.border': '#e6e6ea',
    'editorGutter.background': '#ffffff',
    'editorStickyScroll.shadow': '#00000010',
    'scrollbar.shadow': '#00000000',
    focusBorder: '#6e6ee0',
  },
}

export const DARK: editor.IStandaloneThemeData = {
  base: 'vs-dark',
  inherit: true,
  rules: rules({
    comment: '8a8d9a', keyword: 'aeb0fb', string: '8fd8ae', number: 'f1bd62', regexp: 'f09ac6', type: '86c4f8', delimiter: 'a4a6b2', tag: 'aeb0fb',
    'string.key.json': '86c4f8', 'string.value.json': '8fd8ae', 'keyword.json': 'aeb0fb', 'attribute.name': 'f1bd62', 'attribute.value': '8fd8ae',
  }),
  colors: {
    'editor.background': '#16171b',
    'editor.foreground': '#ecedf1',
    'editor.lineHighlightBackground': '#1b1c21',
    'editor.lineHighlightBorder': '#00000000',
    'editor.selectionBackground': '#38386e',
    'editorLineNumber.foreground': '#6e717d',
    'editorLineNumber.activeForeground': '#ecedf1',
    'editorIndentGuide.background1': '#24252b',
    'editorIndentGuide.activeBackground1': '#3d3f48',
    'editorWidget.background': '#1b1c21',
    'editorWidget.border': '#3d3f48',
    'editorGutter.background': '#16171b',
    'editorStickyScroll.shadow': '#00000060',
    'scrollbar.shadow': '#00000000',
    focusBorder: '#8486f4',
  },
}
