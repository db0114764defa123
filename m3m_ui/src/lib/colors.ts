/** The names that the API knows (GET /api/colors); their values are in styles/tokens.css. */
export const COLORS = [
  'slate', 'red', 'orange', 'amber', 'yellow', 'lime', 'green', 'emerald',
  'teal', 'cyan', 'sky', 'blue', 'indigo', 'violet', 'fuchsia', 'rose',
] as const

/** The CSS value of a colour's name; a project without one is grey. */
export function colorValue(name: string | null | undefined): string {
  return `var(--project-${name ?? 'slate'})`
}
