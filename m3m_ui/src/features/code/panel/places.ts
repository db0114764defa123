interface Place {
  text: string
  file: string
  line: number
  column: number
}

const PLACE = /([\w.-]+(?:\/[\w.-]+)*\.(?:js|mjs|cjs)):(\d+)(?::(\d+))?/g

/** A line of a log in parts: text, and places in the code such as `main.js:3:7`. */
export function placesIn(text: string): (string | Place)[] {
  const parts: (string | Place)[] = []
  let end = 0
  for (const match of text.matchAll(PLACE)) {
    const [whole, file = '', line, column] = match
    if (match.index > end) parts.push(text.slice(end, match.index))
    parts.push({ text: whole, file, line: Number(line), column: Number(column ?? 1) })
    end = match.index + whole.length
  }
  if (end < text.length) parts.push(text.slice(end))
  return parts
}
