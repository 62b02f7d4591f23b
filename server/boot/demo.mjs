/** `npm run demo`: builds if the sources are not the ones of the last build, then starts on the embedded database. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fingerprintOf } from './fingerprint.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const builtFrom = join(root, 'dist/built-from')

const isBuilt =
  existsSync(builtFrom) &&
  existsSync(join(root, '.next/BUILD_ID')) &&
  readFileSync(builtFrom, 'utf8').trim() === fingerprintOf(root)

if (!isBuilt) {
  console.log('Building first; this takes a minute.')
  const built = spawnSync(process.execPath, [join(root, 'server/boot/build.mjs')], { stdio: 'inherit' })
  if (built.status !== 0) process.exit(built.status ?? 1)
}

// Set here, read in server/env alone: the server below starts in this process.
process.env.NODE_ENV = 'production'
process.env.LIAISON_DEMONSTRATION = '1'
process.env.LOG_LEVEL ??= 'warn'
// The same process: signals arrive at the server itself.
await import(join(root, 'dist/main.js'))
