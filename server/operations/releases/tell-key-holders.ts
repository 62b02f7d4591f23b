import type { Id } from '@/lib/ids'
import { atLeast } from '@/lib/policy/vocabulary'
import { releaseObject } from '@/server/operations/releases/end-release'
import {
  hypothesisOfRelease,
  missingKeys,
  readRelease,
  refOfRelease,
} from '@/server/operations/releases/key-standing'
import type { OperationContext } from '@/server/operations/run-operation'
import { whoCan } from '@/server/policy/who-can'
import { notify } from '@/server/told/notify'
import { membersToTell } from '@/server/told/people-to-tell'

/** Tells those who could turn a key that is missing now: first the originators' people, then the other organisations'. */
export const tellKeyHolders = async (context: OperationContext, releaseId: Id): Promise<void> => {
  const { tx, at, actor } = context
  const found = await readRelease(context, releaseId, false)
  if (found === null) return
  const { release, keys } = found
  const { originators, second } = missingKeys(release, keys)
  const roles = ['lead', 'steward'] as const
  const { workspaceId } = release
  const tell = (ids: Iterable<Id>) =>
    notify(tx, ids, { kind: 'release.requested', ...releaseObject(release), byPersonId: actor.personId })
  if (originators.length > 0) {
    const holders = await Promise.all(
      originators.map((orgId) => membersToTell(tx, { workspaceId, orgId, roles, at })),
    )
    await tell(holders.flat())
    return
  }
  if (!second) return
  const after = await whoCan(
    tx,
    refOfRelease(release),
    await hypothesisOfRelease(context, release),
    at.getTime(),
  )
  const readers = after.filter(
    ({ orgId, decision }) => atLeast(decision.level, 'read') && !keys.some((key) => key.orgId === orgId),
  )
  const orgs = [...new Set(readers.map(({ orgId }) => orgId))]
  const holders = new Set(
    (await Promise.all(orgs.map((orgId) => membersToTell(tx, { workspaceId, orgId, roles, at })))).flat(),
  )
  await tell(readers.map(({ personId }) => personId).filter((personId) => holders.has(personId)))
}
