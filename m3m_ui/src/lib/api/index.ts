export { api, dataOf, rawFetch } from './client'
export { connected, probe } from './connection'
export { ApiError, isApiError, Unreachable } from './error'
export type { components, paths } from './schema'
