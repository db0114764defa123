import { createBrowserRouter, Navigate, type RouteObject } from 'react-router'
import { Crashed } from './crashed'
import { NotFoundPage } from './not-found'
import { Root } from './root'
import { Shell } from './shell/shell'
import { Splash } from './splash'

/** Each page is loaded when it is first opened. Pages below a path of their own (`/*`) have routes of their own. */
const projectPages: RouteObject[] = [
  { index: true, lazy: async () => ({ Component: (await import('@/features/overview')).OverviewPage }) },
  { path: 'code/*', lazy: async () => ({ Component: (await import('@/features/code')).CodePage }) },
  { path: 'data/*', lazy: async () => ({ Component: (await import('@/features/data')).DataPage }) },
  { path: 'files/*', lazy: async () => ({ Component: (await import('@/features/files')).FilesPage }) },
  { path: 'goals', lazy: async () => ({ Component: (await import('@/features/goals')).ProjectGoalsPage }) },
  { path: 'env', lazy: async () => ({ Component: (await import('@/features/environment')).EnvironmentPage }) },
  { path: 'logs', lazy: async () => ({ Component: (await import('@/features/logs')).LogsPage }) },
  { path: 'settings', lazy: async () => ({ Component: (await import('@/features/settings')).SettingsPage }) },
  { path: '*', Component: NotFoundPage },
]

const pages: RouteObject[] = [
  { index: true, element: <Navigate to="/projects" replace /> },
  { path: 'projects', lazy: async () => ({ Component: (await import('@/features/projects')).ProjectsPage }) },
  {
    path: 'projects/:project',
    lazy: async () => ({ Component: (await import('./project/project-layout')).ProjectLayout }),
    children: [{ ErrorBoundary: Crashed, children: projectPages }],
  },
  { path: 'goals', lazy: async () => ({ Component: (await import('@/features/goals')).GlobalGoalsPage }) },
  { path: 'users/*', lazy: async () => ({ Component: (await import('@/features/users')).UsersPage }) },
  { path: 'plugins/*', lazy: async () => ({ Component: (await import('@/features/plugins')).PluginsPage }) },
  { path: 'reference/*', lazy: async () => ({ Component: (await import('@/features/reference')).ReferencePage }) },
  { path: 'profile', lazy: async () => ({ Component: (await import('@/features/profile')).ProfilePage }) },
  { path: '*', Component: NotFoundPage },
]

export const router = createBrowserRouter([
  {
    Component: Root,
    ErrorBoundary: Crashed,
    HydrateFallback: Splash,
    children: [
      { path: 'login', lazy: async () => ({ Component: (await import('@/features/auth')).LoginPage }) },
      { path: 'setup', lazy: async () => ({ Component: (await import('@/features/auth')).SetupPage }) },
      { Component: Shell, children: [{ ErrorBoundary: Crashed, children: pages }] },
    ],
  },
])
