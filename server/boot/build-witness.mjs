import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'esbuild'

/** The witness as one file that needs nothing but Node: agencies take it to a machine of their own. @returns its path */
export const buildWitness = async (root, outfile = join(root, 'dist/witness.mjs')) => {
  await build({
    absWorkingDir: root,
    entryPoints: ['server/witness/program/main.ts'],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  })
  chmodSync(outfile, 0o755)
  return outfile
}
