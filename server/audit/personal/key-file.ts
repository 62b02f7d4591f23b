import { randomBytes } from 'node:crypto'
import { chmodSync, linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DomainError } from '@/lib/errors'

const KEY_BYTES = 32

/**
 * The installation's key that wraps all keys of personal values: 32 bytes, base64url, in a file of mode 0600 outside the
 * database, so that a copy of the database alone opens nothing. Made at the first start.
 * @throws DomainError where it cannot be read or made, is no key, or others may read it
 */
export const readPersonKeysFile = ({
  dataDir,
  personKeysFile,
}: {
  dataDir: string
  personKeysFile: string | null
}): Buffer => {
  const file = personKeysFile ?? join(dataDir, 'person-keys')
  try {
    return read(file) ?? make(file)
  } catch (problem) {
    if (problem instanceof DomainError) throw problem
    throw unusable(file, `cannot be used (${codeOf(problem) ?? 'unknown problem'})`)
  }
}

const read = (file: string): Buffer | null => {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64url')
    if (key.length !== KEY_BYTES) throw unusable(file, 'holds no key of 32 bytes in base64url')
    if ((statSync(file).mode & 0o077) !== 0)
      throw unusable(file, 'may be read by others: set its mode to 0600')
    return key
  } catch (problem) {
    if (codeOf(problem) === 'ENOENT') return null
    throw problem
  }
}

/** Whole under its name or not there: two processes that start at once end with one key, and no start reads half of one. */
const make = (file: string): Buffer => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64url')}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, file)
  } catch (problem) {
    if (codeOf(problem) !== 'EEXIST') throw problem
  } finally {
    unlinkSync(draft)
  }
  const key = read(file)
  if (key === null) throw unusable(file, 'was taken away while it was made')
  return key
}

const unusable = (file: string, why: string): DomainError =>
  new DomainError('unavailable', `The file of the key for personal values, ${file}, ${why}.`)

const codeOf = (problem: unknown): string | undefined =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : undefined
