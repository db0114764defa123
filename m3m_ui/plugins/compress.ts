import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const WORTHWHILE = /\.(js|css|svg|json|ttf|txt)$/
const SMALLEST = 1024

/** Writes every text file of the build once more as .br and .gz, so that the server never compresses anything. */
export function compress(): Plugin {
  let folder = ''
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir)
    },
    async closeBundle(error) {
      if (error) return // nothing was written; the error itself is what matters
      const names = await readdir(folder, { recursive: true })
      for (const name of names.filter((each) => WORTHWHILE.test(each))) {
        const data = await readFile(join(folder, name))
        if (data.length < SMALLEST) continue
        const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
        await writeFile(join(folder, `${name}.br`), await promisify(brotliCompress)(data, quality))
        await writeFile(join(folder, `${name}.gz`), await promisify(gzip)(data, { level: 9 }))
      }
    },
  }
}
