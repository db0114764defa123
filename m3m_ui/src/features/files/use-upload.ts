import { useState } from 'react'
import { useProjectSlug } from '@/lib/project'
import type { Entry } from './api'
import type { Chosen } from './dropped'
import { joined } from './paths'
import { upload } from './uploads'

/** Sends files into the folder; asks first when some would take the place of others. */
export function useUpload(folder: string, entries: readonly Entry[]) {
  const project = useProjectSlug()
  const [waiting, setWaiting] = useState<{ files: readonly Chosen[]; names: string[] }>()
  const start = (files: readonly Chosen[]) => upload(project, files.map((each) => ({ file: each.file, folder: joined(folder, each.folder) })))
  const offer = (files: readonly Chosen[]) => {
    const there = new Set(entries.filter((entry) => !entry.is_dir).map((entry) => entry.name))
    const names = files.filter((each) => each.folder === '' && there.has(each.file.name)).map((each) => each.file.name)
    if (names.length === 0) start(files)
    else setWaiting({ files, names })
  }
  const answer = (replace: boolean | undefined) => {
    setWaiting(undefined)
    if (!waiting || replace === undefined) return
    const known = new Set(waiting.names)
    start(replace ? waiting.files : waiting.files.filter((each) => each.folder !== '' || !known.has(each.file.name)))
  }
  return { offer, asked: waiting?.names, answer }
}
