import { joined } from './paths'

export interface Chosen {
  file: File
  /** Below the folder into which it goes, for files that came inside of a folder. */
  folder: string
}

/** The files of a drop, those inside of dropped folders too. To be called while the event is being handled. */
export async function droppedFiles(transfer: DataTransfer): Promise<Chosen[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry())
  const loose = [...transfer.files]
  if (entries.every((entry) => entry === null)) return loose.map((file) => ({ file, folder: '' }))
  const found = await Promise.all(entries.filter((entry) => entry !== null).map((entry) => filesOf(entry, '')))
  return found.flat()
}

async function filesOf(entry: FileSystemEntry, folder: string): Promise<Chosen[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))
    return [{ file, folder }]
  }
  const inside = joined(folder, entry.name)
  const found = await Promise.all((await children(entry as FileSystemDirectoryEntry)).map((child) => filesOf(child, inside)))
  return found.flat()
}

/** Browsers tell a folder in portions; an empty one is the end. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const found: FileSystemEntry[] = []
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    found.push(...some)
  }
}
