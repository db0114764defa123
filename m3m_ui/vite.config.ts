import react from '@vitejs/plugin-react'
import tailwindcss from '@tailwindcss/vite'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { compress } from './plugins/compress.ts'

const server = process.env.M3M_SERVER ?? 'http://127.0.0.1:3000'

export default defineConfig({
  plugins: [react(), tailwindcss(), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  worker: { format: 'es' },
  build: {
    outDir: '../m3m_builtins/ui/dist',
    emptyOutDir: true,
    target: 'es2022',
    reportCompressedSize: false,
    chunkSizeWarningLimit: 8000, // the TypeScript worker of the editor; the first page has its own limit, see tests/browser/test_loading.py
    rolldownOptions: {
      output: {
        // What every page needs changes seldom: browsers keep it from version to version.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler|react-router)\// },
            { name: 'vendor', test: /node_modules\/(@tanstack\/(react-)?query|i18next|react-i18next)/ },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': server, '/r/': server, '/health': server } },
  test: { environment: 'jsdom', include: ['src/**/*.test.{ts,tsx}'], restoreMocks: true },
})
