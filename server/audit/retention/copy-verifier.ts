import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** From the sources, and from the built server. */
const PLACES = ['../../../lib/verifier/', '../lib/verifier/']
const FILES = ['verify.mjs', 'replay.mjs']

/** Puts the verifier of this version beside the months' files, so that they can be checked without this project. */
export const copyVerifier = async (dataDir: string): Promise<void> => {
  const folder = join(dataDir, 'segments')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  for (const place of PLACES) {
    const from = (file: string) => fileURLToPath(new URL(`${place}${file}`, import.meta.url))
    const copied = await Promise.all(FILES.map((file) => copyFile(from(file), join(folder, file)))).catch(
      () => null,
    )
    if (copied !== null) return
  }
  throw new Error('the verifier is not beside the server')
}
