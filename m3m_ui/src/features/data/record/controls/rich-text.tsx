import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react'
import StarterKit from '@tiptap/starter-kit'
import { Bold, Code, Heading2, Heading3, Italic, Link2, Link2Off, List, ListOrdered, type LucideIcon, Quote, Redo2, SquareCode, Strikethrough, Underline, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '@/components/form'
import { Button } from '@/components/ui/button'
import { Input, inputLook } from '@/components/ui/input'
import { Skeleton } from '@/components/ui/simple'
import { cn } from '@/lib/cn'
import { asText, type ValueControlProps } from './props'

const EXTENSIONS = [StarterKit.configure({ link: { openOnClick: false, defaultProtocol: 'https' } })]

/** How marks look: the base style of the page shows none. */
const WRITTEN = [
  '[&_h2]:mt-3 [&_h2]:text-lg [&_h3]:mt-2 [&_h3]:text-base [&_p]:my-1 [&_a]:text-accent-text [&_a]:underline [&_hr]:my-3',
  '[&_ul]:list-disc [&_ul]:pl-5 [&_ol]:list-decimal [&_ol]:pl-5 [&_blockquote]:my-2 [&_blockquote]:border-l-2 [&_blockquote]:border-line-strong [&_blockquote]:pl-3 [&_blockquote]:text-muted',
  '[&_code]:rounded-sm [&_code]:bg-pressed [&_code]:px-1 [&_code]:font-mono [&_code]:text-sm [&_pre]:my-2 [&_pre]:rounded-md [&_pre]:bg-subtle [&_pre]:p-2.5 [&_pre_code]:bg-transparent [&_pre_code]:px-0',
].join(' ')

/** A text with marks; kept as HTML. What the schema of the editor does not know falls away. */
export function RichTextControl({ value, onChange, tied }: ValueControlProps) {
  const { t } = useTranslation('data')
  const editor = useEditor({
    // one that is made while the page is drawn is taken away again when that takes its time
    immediatelyRender: false,
    extensions: EXTENSIONS,
    content: asText(value),
    onUpdate: ({ editor: now }) => onChange(htmlOf(now)),
    editorProps: {
      attributes: { ...textsOf(tied), role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': `${tied.id}-label`, class: `${WRITTEN} min-h-32 px-2.5 py-2 text-base outline-none` },
    },
  })
  const text = asText(value)
  useEffect(() => {
    // a draft was discarded, or a conflict decided: what is shown follows
    if (editor && !editor.isFocused && text !== htmlOf(editor)) editor.commands.setContent(text, { emitUpdate: false })
  }, [editor, text])
  if (!editor) return <Skeleton className="h-44" />
  return (
    <div className={cn(inputLook, 'px-0 focus-within:border-ring', tied['aria-invalid'] && 'border-danger')}>
      <Toolbar editor={editor} label={t('editor.toolbar')} />
      <EditorContent editor={editor} className="max-h-96 overflow-y-auto" />
    </div>
  )
}

/** Without the empty paragraph that the editor keeps below a heading or a list, for the cursor. */
function htmlOf(editor: Editor): string {
  return editor.isEmpty ? '' : editor.getHTML().replace(/<p><\/p>$/, '')
}

/** The editor takes texts for attributes. */
function textsOf({ id, 'aria-invalid': wrong, 'aria-describedby': described }: ControlProps): Record<string, string> {
  return { id, ...(wrong ? { 'aria-invalid': 'true' } : {}), ...(described ? { 'aria-describedby': described } : {}) }
}

type Chain = ReturnType<Editor['chain']>
interface Tool {
  name: 'bold' | 'italic' | 'underline' | 'strike' | 'code' | 'heading' | 'subheading' | 'list' | 'ordered' | 'quote' | 'block'
  icon: LucideIcon
  on: (editor: Editor) => boolean
  run: (chain: Chain) => Chain
}

const TOOLS: readonly Tool[] = [
  { name: 'bold', icon: Bold, on: (editor) => editor.isActive('bold'), run: (chain) => chain.toggleBold() },
  { name: 'italic', icon: Italic, on: (editor) => editor.isActive('italic'), run: (chain) => chain.toggleItalic() },
  { name: 'underline', icon: Underline, on: (editor) => editor.isActive('underline'), run: (chain) => chain.toggleUnderline() },
  { name: 'strike', icon: Strikethrough, on: (editor) => editor.isActive('strike'), run: (chain) => chain.toggleStrike() },
  { name: 'code', icon: Code, on: (editor) => editor.isActive('code'), run: (chain) => chain.toggleCode() },
  { name: 'heading', icon: Heading2, on: (editor) => editor.isActive('heading', { level: 2 }), run: (chain) => chain.toggleHeading({ level: 2 }) },
  { name: 'subheading', icon: Heading3, on: (editor) => editor.isActive('heading', { level: 3 }), run: (chain) => chain.toggleHeading({ level: 3 }) },
  { name: 'list', icon: List, on: (editor) => editor.isActive('bulletList'), run: (chain) => chain.toggleBulletList() },
  { name: 'ordered', icon: ListOrdered, on: (editor) => editor.isActive('orderedList'), run: (chain) => chain.toggleOrderedList() },
  { name: 'quote', icon: Quote, on: (editor) => editor.isActive('blockquote'), run: (chain) => chain.toggleBlockquote() },
  { name: 'block', icon: SquareCode, on: (editor) => editor.isActive('codeBlock'), run: (chain) => chain.toggleCodeBlock() },
]

function Toolbar({ editor, label }: { editor: Editor; label: string }) {
  const { t } = useTranslation('data')
  const [address, setAddress] = useState<string>()
  const now = useEditorState({
    editor,
    selector: ({ editor: each }) => ({
      on: TOOLS.filter((tool) => tool.on(each)).map((tool) => tool.name),
      link: each.isActive('link'),
      undo: each.can().undo(),
      redo: each.can().redo(),
    }),
  })
  const link = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    if (address) chain.setLink({ href: address }).run()
    setAddress(undefined)
  }
  if (address !== undefined) {
    return (
      <div className="flex items-center gap-1 border-b border-line p-1">
        <Input
          autoFocus
          className="h-7"
          placeholder="https://"
          aria-label={t('editor.link')}
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' || event.key === 'Escape') {
              event.preventDefault()
              event.stopPropagation()
              if (event.key === 'Enter') link()
              else setAddress(undefined)
            }
          }}
        />
        <Button size="sm" onClick={link}>{t('editor.link')}</Button>
      </div>
    )
  }
  return (
    <div role="toolbar" aria-label={label} className="flex flex-wrap gap-0.5 border-b border-line p-1">
      {TOOLS.map(({ name, icon: Icon, run }) => (
        <ToolButton key={name} name={t(`editor.${name}`)} icon={Icon} on={now.on.includes(name)} onClick={() => run(editor.chain().focus()).run()} />
      ))}
      {now.link ? (
        <ToolButton name={t('editor.unlink')} icon={Link2Off} on onClick={() => editor.chain().focus().unsetLink().run()} />
      ) : (
        <ToolButton name={t('editor.link')} icon={Link2} onClick={() => setAddress('')} />
      )}
      <span className="ml-auto flex gap-0.5">
        <ToolButton name={t('editor.undo')} icon={Undo2} disabled={!now.undo} onClick={() => editor.chain().focus().undo().run()} />
        <ToolButton name={t('editor.redo')} icon={Redo2} disabled={!now.redo} onClick={() => editor.chain().focus().redo().run()} />
      </span>
    </div>
  )
}

interface ToolButtonProps {
  name: string
  icon: LucideIcon
  on?: boolean
  disabled?: boolean
  onClick: () => void
}

function ToolButton({ name, icon: Icon, on, disabled, onClick }: ToolButtonProps) {
  return (
    <Button variant="ghost" size="icon-sm" aria-label={name} title={name} aria-pressed={on} disabled={disabled} className="aria-pressed:bg-accent-soft aria-pressed:text-accent-text" onMouseDown={(event) => event.preventDefault()} onClick={onClick}>
      <Icon aria-hidden />
    </Button>
  )
}
