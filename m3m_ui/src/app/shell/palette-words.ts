interface Named {
  name: string
}

/** The pages whose name begins with the first or the last word, and the other words; undefined when there are none. */
export function splitOffPage<T extends Named>(text: string, pages: readonly T[]): { pages: T[]; rest: string } | undefined {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length < 2) return undefined
  for (const place of [words.length - 1, 0]) {
    const word = words[place] ?? ''
    const found = pages.filter((page) => page.name.toLowerCase().startsWith(word))
    if (found.length > 0) return { pages: found, rest: words.toSpliced(place, 1).join(' ') }
  }
  return undefined
}
