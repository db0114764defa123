/** A text in which words between `backticks` are code. */
export function CodedText({ text }: { text: string }) {
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={index} className="rounded-sm bg-pressed px-1 font-mono text-[0.92em]">{part}</code>))
}
