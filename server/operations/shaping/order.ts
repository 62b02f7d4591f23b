import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'

interface Placed {
  id: Id
  position: string
}

/**
 * A key for the place right after `afterId` (null: first) among all siblings, also those that the mover cannot see:
 * where exactly between two visible neighbours it lies tells nothing. The caller holds the lock on the parent, so
 * that two movers never get one key.
 * @param siblings in any order; the moved one itself does not matter.
 */
export const keyAfter = (siblings: readonly Placed[], afterId: Id | null, movedId?: Id): string => {
  const others = siblings.filter((sibling) => sibling.id !== movedId)
  const after = afterId === null ? null : others.find((sibling) => sibling.id === afterId)
  if (after === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  const lower = after?.position ?? null
  const upper = others
    .map((sibling) => sibling.position)
    .filter((position) => lower === null || position > lower)
    .reduce<string | null>((least, position) => (least === null || position < least ? position : least), null)
  return generateKeyBetween(lower, upper)
}

/** Keys are ASCII, so that comparing them in JavaScript is comparing bytes, as the database does. */
export const byPosition = (a: Placed, b: Placed): number => {
  if (a.position !== b.position) return a.position < b.position ? -1 : 1
  return a.id < b.id ? -1 : 1
}

/** A key for the place after all siblings. The caller holds the lock on the parent. */
export const keyLast = (siblings: readonly Placed[]): string =>
  generateKeyBetween([...siblings].sort(byPosition).at(-1)?.position ?? null, null)

/** Keys for the first so many children of a parent that is new. */
export const firstKeys = (count: number): string[] => generateNKeysBetween(null, null, count)
