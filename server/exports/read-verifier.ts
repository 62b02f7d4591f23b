import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The verifier as its one file, in the source tree and in a build alike: both server/exports and dist lie below the project. */
export const readVerifier = async (): Promise<Buffer> => {
  for (const below of ['../', '../../']) {
    const path = fileURLToPath(new URL(`${below}lib/verifier/verify.mjs`, import.meta.url))
    const found = await readFile(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return null
      throw error
    })
    if (found !== null) return found
  }
  throw new Error('lib/verifier/verify.mjs is not there')
}
