/**
 * `npm run build`: pages by Next into .next/, the server by esbuild into dist/ (packages stay outside), the migrations beside it.
 * What it was built from is written last, so that a build that broke off never counts as one.
 */
import { spawnSync } from 'node:child_process'
import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { buildWitness } from './build-witness.mjs'
import { fingerprintOf } from './fingerprint.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const dist = join(root, 'dist')

rmSync(dist, { recursive: true, force: true })
const fingerprint = fingerprintOf(root)

const pages = spawnSync(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
})
if (pages.status !== 0) process.exit(pages.status ?? 1)

await build({
  absWorkingDir: root,
  entryPoints: {
    server: 'server/main.ts',
    'migrate-main': 'server/db/migrate-main.ts',
    'snapshot-worker': 'server/sync/snapshot-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: true,
  logLevel: 'warning',
})
await buildWitness(root)
// Set before anything is loaded: libraries choose by it, and a build is always the production one.
writeFileSync(join(dist, 'main.js'), "process.env.NODE_ENV = 'production'\nawait import('./server.js')\n")
cpSync(join(root, 'server/db/migrations'), join(dist, 'migrations'), { recursive: true })
// See server/db/empty-database.ts.
const { PGlite } = await import('@electric-sql/pglite')
const empty = await PGlite.create()
const cluster = await empty.dumpDataDir('gzip')
writeFileSync(join(dist, 'empty-database.tar.gz'), Buffer.from(await cluster.arrayBuffer()))
await empty.close()
writeFileSync(join(dist, 'built-from'), `${fingerprint}\n`)
console.log('Built: .next/ (pages) and dist/ (server).')
