import { found, lost } from '@/lib/api/connection'
import { apiURL } from '@/lib/config'
import { accessToken, renew, sessionEnded } from '@/lib/session'

/** The server has refused the file and says why; without a message nobody answered. */
export class UploadFailed extends Error {}

interface Answer {
  status: number
  body: string
}

/**
 * One file in a form of its own, with its progress, which only XMLHttpRequest tells. Throws UploadFailed; what was
 * aborted ends with it too.
 */
export async function send(project: string, folder: string, file: File, signal: AbortSignal, onProgress: (sent: number) => void): Promise<void> {
  const address = `${apiURL}/projects/${encodeURIComponent(project)}/storage/upload?path=${encodeURIComponent(folder)}`
  const once = (token: string | undefined) => post(address, file, token, signal, onProgress)
  let answer = await once(await accessToken())
  if (answer.status === 401) {
    const token = await renew()
    if (token === undefined) sessionEnded()
    else answer = await once(token)
  }
  if (answer.status >= 300) throw new UploadFailed(messageOf(answer))
}

function post(address: string, file: File, token: string | undefined, signal: AbortSignal, onProgress: (sent: number) => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', address)
    if (token !== undefined) request.setRequestHeader('Authorization', `Bearer ${token}`)
    request.upload.onprogress = (event) => onProgress(Math.min(event.loaded, file.size))
    request.onload = () => {
      found()
      resolve({ status: request.status, body: request.responseText })
    }
    request.onabort = () => reject(new UploadFailed())
    request.onerror = () => {
      lost()
      reject(new UploadFailed())
    }
    signal.addEventListener('abort', () => request.abort())
    if (signal.aborted) return reject(new UploadFailed())
    const form = new FormData()
    form.set('file', file)
    request.send(form)
  })
}

function messageOf({ status, body }: Answer): string {
  try {
    const { error, fields } = JSON.parse(body) as { error: string; fields?: Record<string, { message: string }> }
    return Object.values(fields ?? {})[0]?.message ?? error
  } catch {
    return `HTTP ${status}`
  }
}
