interface Row {
  path: string
  label: string
  depth: number
  isFolder: boolean
}

/** The lines of a tree of files: each folder once, before what is in it. */
export function rowsOf(names: readonly string[]): Row[] {
  const rows: Row[] = []
  const seen = new Set<string>()
  for (const name of names) {
    const parts = name.split('/')
    for (let depth = 0; depth < parts.length; depth++) {
      const path = parts.slice(0, depth + 1).join('/')
      const isFolder = depth < parts.length - 1
      if (isFolder && seen.has(path)) continue
      if (isFolder) seen.add(path)
      rows.push({ path, label: parts[depth] ?? '', depth, isFolder })
    }
  }
  return rows
}
