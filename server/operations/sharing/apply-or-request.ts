import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { SharingChange, SharingOutcome, SharingRef } from '@/lib/views/sharing'
import { releaseKeys, releases } from '@/server/db/schema/consent'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import { voidReleases } from '@/server/operations/releases/end-release'
import type { ReleaseContent } from '@/server/operations/releases/key-standing'
import { tellKeyHolders } from '@/server/operations/releases/tell-key-holders'
import type { OperationContext } from '@/server/operations/run-operation'
import { applyChange, objectOf } from '@/server/operations/sharing/apply-change'
import { peopleCounts } from '@/server/operations/sharing/compare-levels'
import {
  assertMayWiden,
  assertOriginatorsKeepControl,
  authorizeChange,
  keysNeeded,
} from '@/server/operations/sharing/keys-needed'
import { lockSharing } from '@/server/operations/sharing/lock-sharing'
import { type JudgedChange, sharingChange } from '@/server/operations/sharing/sharing-change'
import type { Authorized } from '@/server/policy/authorize'

/** A release that has not all its keys after this long lapses. */
export const RELEASE_HOURS = 72

/**
 * Makes a change at once where one key is enough, else asks for a release, which changes nothing until all its keys
 * are turned; the actor's own key is turned with it, where it has one.
 * @param hash of the preview that was confirmed
 * @param forPerson on whose request this is done: they can turn no key of it (R2)
 * @throws Refusal unless the actor rules over the object; DomainError `conflict` if anything changed since the preview
 */
export const applyOrRequest = async (
  context: OperationContext,
  ref: SharingRef,
  change: SharingChange,
  hash: string,
  forPerson: Id | null = null,
): Promise<SharingOutcome> => {
  const { authorized, judged } = await judge(context, ref, change)
  if (judged.hash !== hash)
    throw new DomainError(
      'conflict',
      'Something changed since the preview: who gains or loses is no longer what you confirmed. Look again.',
    )
  if (!isEnough(context, judged))
    return { applied: false, releaseId: await request(context, authorized, judged, forPerson) }
  await voidReleases(context, authorized)
  await applyChange(context, authorized, judged)
  return { applied: true }
}

/** For acts without a preview: made if nobody gains anything that would need another's key. */
export const applyAtOnce = async (
  context: OperationContext,
  ref: SharingRef,
  change: SharingChange,
): Promise<void> => {
  const { authorized, judged } = await judge(context, ref, change)
  if (!isEnough(context, judged))
    throw new DomainError(
      'conflict',
      'This would let people of other organisations do more, so it needs a release with two keys. Use “Share”, which shows who would gain.',
    )
  await voidReleases(context, authorized)
  await applyChange(context, authorized, judged)
}

const judge = async (context: OperationContext, ref: SharingRef, change: SharingChange) => {
  await lockSharing(context, ref)
  const authorized = await authorizeChange(context, ref, change)
  const judged = await sharingChange(context, authorized, change)
  if (judged.gain.length > 0 || judged.ended.length > 0)
    await assertMayWiden(context, authorized, judged.ended)
  await assertOriginatorsKeepControl(context, judged)
  return { authorized, judged }
}

/** Does the actor alone hold every key that the change needs? */
const isEnough = ({ actor }: OperationContext, judged: JudgedChange): boolean => {
  const { originators, second } = keysNeeded(judged)
  return !second && originators.every((orgId) => orgId === actor.orgId)
}

const request = async (
  context: OperationContext,
  authorized: Authorized,
  judged: JudgedChange,
  forPerson: Id | null,
): Promise<Id> => {
  const { tx, actor, at } = context
  const { originators, second } = keysNeeded(judged)
  const isOwn = originators.includes(actor.orgId) && forPerson !== actor.personId
  if (isOwn) await assertConfirmed(context)
  const id = newId()
  const object = objectOf(authorized)
  await tx.orm.insert(releases).values({
    id,
    kind: 'sharing',
    workspaceId: authorized.workspaceId,
    documentId: authorized.documentId,
    sectionId: authorized.sectionId,
    change: {
      change: judged.planned.change,
      forPerson,
      originators: originators.map((orgId) => ({ orgId, ...ownThing(judged, orgId) })),
      second,
    } satisfies ReleaseContent,
    hash: judged.hash,
    requestedBy: actor.personId,
    requestedByOrg: actor.orgId,
    requestedAt: at,
    expiresAt: new Date(at.getTime() + RELEASE_HOURS * 3_600_000),
    state: 'pending',
  })
  const gain = [...new Set(judged.gain.map(({ personId }) => personId))]
  context.record({
    type: 'release.requested',
    object: { ...object, targetId: id },
    before: judged.before as never,
    after: judged.after as never,
    volume: peopleCounts(judged),
    details: { hash: judged.hash, gain, originators },
  })
  if (isOwn) {
    await tx.orm.insert(releaseKeys).values({
      releaseId: id,
      personId: actor.personId,
      orgId: actor.orgId,
      purpose: 'originator',
      sessionId: actor.sessionId,
      at,
    })
    context.record({
      type: 'release.key_turned',
      object: { ...object, targetId: id },
      details: { hash: judged.hash, purpose: 'originator' },
    })
  }
  await tellKeyHolders(context, id)
  return id
}

/** One of the organisation's things that somebody would have more of: a section, or the document itself (null). */
const ownThing = ({ gain, ended }: JudgedChange, orgId: Id): { sectionId: Id | null; documentId?: Id } => {
  const source = ended.find(({ originatorOrgId }) => originatorOrgId === orgId)
  if (source !== undefined) return { sectionId: source.section?.id ?? null, documentId: source.document.id }
  const own = gain.filter(({ originatorOrgId }) => originatorOrgId === orgId)
  return {
    sectionId: own.some(({ sectionId }) => sectionId === null) ? null : (own[0]?.sectionId ?? null),
  }
}
