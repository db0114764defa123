import { lazy } from 'react'

/** The editor is large: it comes when one of these is shown first. */
export const CodeEditor = lazy(async () => ({ default: (await import('./monaco')).CodeEditor }))
export const CodeView = lazy(async () => ({ default: (await import('./monaco')).CodeView }))
export const DiffView = lazy(async () => ({ default: (await import('./monaco')).DiffView }))
