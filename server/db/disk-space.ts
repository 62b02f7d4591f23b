import { statfsSync } from 'node:fs'
import { DomainError } from '@/lib/errors'

/**
 * A database that finds no room for its log ends itself, in the middle of whatever it does. So it is not asked to
 * write from here on down: three of its log's files, of 16 MB each.
 */
const LEAST_BYTES = 48 * 1024 * 1024
const LOOK_EVERY_MS = 100

const FULL =
  'The disk that holds the data is full. Nothing can be saved until whoever runs this server makes room.'

/** @returns throws DomainError `unavailable` while the folder's disk is as good as full. Cheap: looks ten times a second at most. */
export const spaceGuard = (folder: string, least = LEAST_BYTES): (() => void) => {
  let lookedAt = Number.NEGATIVE_INFINITY
  let full = false
  return () => {
    const now = performance.now()
    if (now - lookedAt >= LOOK_EVERY_MS) {
      const { bavail, bsize } = statfsSync(folder)
      full = bavail * bsize < least
      lookedAt = now
    }
    if (full) throw new DomainError('unavailable', FULL)
  }
}
