import '@/styles/index.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startI18n } from '@/lib/i18n'
import { resume } from '@/lib/session'
import { startTheme } from '@/lib/theme'
import { Providers } from './providers'

async function start(): Promise<void> {
  startTheme()
  void resume()
  await startI18n()
  const root = document.getElementById('root')
  if (root === null) throw new Error('the page has no #root')
  createRoot(root).render(
    <StrictMode>
      <Providers />
    </StrictMode>,
  )
}

void start()
