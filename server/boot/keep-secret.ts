import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DomainError } from '@/lib/errors'

/**
 * The secret of a server that was given none (development, demonstration): made once, kept beside the data, readable
 * by its owner only, so that people stay signed in over a restart.
 * @throws DomainError when the folder cannot be used
 */
export const keepSecret = (dataDir: string): string => {
  const file = join(dataDir, 'secret')
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 })
    try {
      const kept = readFileSync(file, 'utf8').trim()
      if (kept.length >= 32) return kept
    } catch (problem) {
      if (codeOf(problem) !== 'ENOENT') throw problem
    }
    const made = randomBytes(48).toString('base64url')
    writeFileSync(file, `${made}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
    return made
  } catch (problem) {
    throw new DomainError(
      'unavailable',
      `The data folder ${dataDir} cannot be used (${codeOf(problem) ?? 'unknown problem'}). Check that it is a folder that this user may write, or set DATA_DIR to another one.`,
    )
  }
}

const codeOf = (problem: unknown): string | undefined =>
  problem instanceof Error && 'code' in problem ? String(problem.code) : undefined
