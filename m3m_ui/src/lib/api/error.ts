import type { components } from './schema'

type ErrorBody = components['schemas']['Error']
export type FieldErrors = Record<string, { code: string; message: string }>

/** A refusal or failure of the API. `message` is a sentence for a person, `code` is stable. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: FieldErrors
  readonly details: Record<string, unknown>
  readonly requestId: string

  constructor(status: number, body: Partial<ErrorBody>) {
    super(body.error ?? `HTTP ${status}`)
    this.name = 'ApiError'
    this.status = status
    this.code = body.code ?? 'unknown'
    this.fields = body.fields ?? {}
    this.details = body.details ?? {}
    this.requestId = body.request_id ?? ''
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  constructor() {
    super('unreachable')
    this.name = 'Unreachable'
  }
}

export function isApiError(error: unknown, status?: number): error is ApiError {
  return error instanceof ApiError && (status === undefined || error.status === status)
}
