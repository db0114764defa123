/** `a/b` and `c` → `a/b/c`; the top folder is empty. */
export function joined(folder: string, name: string): string {
  return [folder, name].flatMap((each) => each.split('/')).filter(Boolean).join('/')
}

export function parentOf(path: string): string {
  return path.split('/').slice(0, -1).join('/')
}

export function nameOf(path: string): string {
  return path.split('/').at(-1) ?? path
}

/** The folders on the way, the top one without a name first. */
export function trail(path: string): { name: string; path: string }[] {
  const names = path.split('/').filter(Boolean)
  return [{ name: '', path: '' }, ...names.map((name, index) => ({ name, path: names.slice(0, index + 1).join('/') }))]
}

/** The page of a folder. */
export function folderAddress(project: string, path: string): string {
  const names = path.split('/').filter(Boolean).map(encodeURIComponent)
  return ['/projects', project, 'files', ...names].join('/')
}

/** A name for a copy that no other has: `a.zip`, `a 2.zip`. */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.')
  const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${stem} ${number}${ending}`
    if (!taken.has(tried)) return tried
  }
}
