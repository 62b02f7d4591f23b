import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Found beside their own files at run time: WebAssembly, native code, or never there. */
const OUTSIDE = ['@electric-sql/pglite', '@node-rs/argon2', 'pg-native']

/** Some packages are CommonJS and ask for Node's own modules by `require`. */
const REQUIRE =
  "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);"

/**
 * A server process that is started and killed hundreds of times, as one folder of JavaScript outside the tree: reading
 * it takes a tenth of what reading the TypeScript takes, and an edit in the tree does not change a run under way.
 * @param entry from the project's folder: "tests/support/sync/sync-node.ts"
 * @returns the file to start; its folder goes when this process ends.
 */
export const bundleNode = async (entry: string): Promise<string> => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-node-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    absWorkingDir: ROOT,
    entryPoints: { node: entry, 'snapshot-worker': 'server/sync/snapshot-worker.ts' },
    outdir: folder,
    bundle: true,
    splitting: true,
    external: OUTSIDE,
    banner: { js: REQUIRE },
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  })
  cpSync(join(ROOT, 'server/db/migrations'), join(folder, 'migrations'), { recursive: true })
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  return join(folder, 'node.js')
}
