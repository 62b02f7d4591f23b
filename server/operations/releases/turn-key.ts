import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { releaseKeys } from '@/server/db/schema/consent'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import {
  endRelease,
  type ReleaseRow,
  releaseObject,
  voidReleases,
} from '@/server/operations/releases/end-release'
import { authorizeKey, judgeAgain, type KeyRow, missingKeys } from '@/server/operations/releases/key-standing'
import { assertPending, openRelease } from '@/server/operations/releases/open-release'
import { tellKeyHolders } from '@/server/operations/releases/tell-key-holders'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { applyChange } from '@/server/operations/sharing/apply-change'
import { assertOriginatorsKeepControl } from '@/server/operations/sharing/keys-needed'
import { membersToTell } from '@/server/told/people-to-tell'

export interface TurnedKey {
  /** `waiting`: for the other keys. `voided`: something has changed since, and nothing was done. */
  outcome: 'waiting' | 'completed' | 'voided'
}

/**
 * Asks: to approve (R2, R7), as a lead or steward of an originator, or then as one of another organisation who may read
 * it before or after. The last key applies the change, if it would still be exactly what was confirmed.
 */
export const turnKey: Operation<{ releaseId: Id; hash: string }, TurnedKey> = {
  event: 'release.key_turned',
  async run(context, { releaseId, hash }) {
    const { tx, actor, at } = context
    const { release, keys } = await openRelease(context, releaseId)
    const { purpose, authorized } = await authorizeKey(context, release, keys)
    assertPending(release, at)
    await assertConfirmed(context)
    if (keys.some(({ orgId }) => orgId === actor.orgId))
      throw new DomainError(
        'conflict',
        `A key of ${actor.orgName} is turned already. The next one is another organisation’s.`,
      )
    if (release.hash !== hash)
      throw new DomainError(
        'conflict',
        'This is not what the release is about. Reload the page and look again.',
      )
    const judged = await judgeAgain(context, release, authorized).catch(gone)
    if (judged?.hash !== release.hash || !(await holdersStand(context, release, keys))) {
      await endRelease(context, release, 'voided')
      return { outcome: 'voided' }
    }
    await assertOriginatorsKeepControl(context, judged)
    const key = {
      releaseId,
      personId: actor.personId,
      orgId: actor.orgId,
      purpose,
      sessionId: actor.sessionId,
      at,
    }
    await tx.orm.insert(releaseKeys).values(key)
    context.record({ object: releaseObject(release), details: { hash, purpose } })
    const missing = missingKeys(release, [...keys, key])
    if (missing.originators.length > 0 || missing.second) {
      await tellKeyHolders(context, releaseId)
      return { outcome: 'waiting' }
    }
    const object = { ...authorized, sectionId: release.sectionId, documentId: release.documentId }
    await applyChange(context, object, judged)
    await endRelease(context, release, 'completed')
    await voidReleases(context, release, releaseId)
    return { outcome: 'completed' }
  },
}

/** Whoever has turned a key could still turn it: nothing is released on the word of somebody who is gone. */
const holdersStand = async (
  { tx, at }: OperationContext,
  { workspaceId }: ReleaseRow,
  keys: readonly KeyRow[],
): Promise<boolean> => {
  for (const { orgId, personId } of keys) {
    const holders = await membersToTell(tx, { workspaceId, orgId, roles: ['lead', 'steward'], at })
    if (!holders.includes(personId)) return false
  }
  return true
}

/** A change that can no longer be made is one that something has happened to. */
const gone = (error: unknown): null => {
  if (error instanceof DomainError) return null
  throw error
}
