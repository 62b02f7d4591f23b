import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Everything that a build is made of. */
const INPUTS = [
  'app',
  'lib',
  'server',
  'public',
  'next.config.js',
  'package-lock.json',
  'postcss.config.mjs',
  'tsconfig.json',
]

/** SHA-256, hex, of names and contents of the sources under `root`: the same sources give the same value. */
export const fingerprintOf = (root) => {
  const hash = createHash('sha256')
  for (const file of INPUTS.flatMap((input) => filesAt(join(root, input))).sort()) {
    const bytes = readFileSync(file)
    hash.update(`${relative(root, file)}\0${bytes.byteLength}\0`).update(bytes)
  }
  return hash.digest('hex')
}

const filesAt = (path) => {
  try {
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesAt(join(path, entry.name)) : [join(path, entry.name)],
    )
  } catch (problem) {
    if (problem.code === 'ENOTDIR') return [path]
    if (problem.code === 'ENOENT') return []
    throw problem
  }
}
