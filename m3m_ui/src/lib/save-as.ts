const KEPT_MS = 10_000

/** Gives the browser a file to save under a name. */
export function saveAs(file: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  // the browser may begin to read it a moment later
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT_MS)
}
