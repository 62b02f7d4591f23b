import { eq } from 'drizzle-orm'
import { type Id, isId } from '@/lib/ids'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'
import { releaseKeys, releases } from '@/server/db/schema/consent'
import { readLabels } from '@/server/marking/labels-in-use'
import type { ReleaseRow } from '@/server/operations/releases/end-release'
import type { OperationContext } from '@/server/operations/run-operation'
import { hypothesisOf, planOf } from '@/server/operations/sharing/hypothesis'
import { type JudgedChange, sharingChange } from '@/server/operations/sharing/sharing-change'
import type { Authorized } from '@/server/policy/authorize'
import type { Hypothesis } from '@/server/policy/who-can'

export type KeyRow = typeof releaseKeys.$inferSelect
type Purpose = KeyRow['purpose']

/** Nobody: for a release that nobody asked for on their own behalf. */
const NOBODY: Id = '00000000-0000-0000-0000-000000000000'

export const readRelease = async ({ tx }: OperationContext, id: Id, lock: boolean) => {
  if (!isId(id)) return null
  const query = tx.orm.select().from(releases).where(eq(releases.id, id))
  const [release] = lock ? await query.for('update') : await query
  if (release === undefined || release.kind !== 'sharing') return null
  const keys = await tx.orm
    .select()
    .from(releaseKeys)
    .where(eq(releaseKeys.releaseId, id))
    .orderBy(releaseKeys.at)
  return { release, keys }
}

export const refOfRelease = ({ sectionId, documentId }: ReleaseRow): SharingRef => {
  if (sectionId !== null) return { sectionId }
  if (documentId === null) throw new Error('a release of sharing without an object')
  return { documentId }
}

/** What stands in a release's `change`. The hash fixes it: if any of it were different now, the release is void. */
export interface ReleaseContent {
  change: SharingChange
  /** On whose request: they can turn no key (R2). */
  forPerson: Id | null
  /**
   * Whose keys it needs, each with one of their sections that somebody would have more of (null: the document). With a
   * document: where the text came from, and what is released is made of it.
   */
  originators: { orgId: Id; sectionId: Id | null; documentId?: Id }[]
  /** A different person of another organisation must agree as well. */
  second: boolean
}

export const contentOf = ({ change }: ReleaseRow): ReleaseContent => change as ReleaseContent

/** Which keys are still missing. Two originators are two organisations: then no other second is needed. */
export const missingKeys = (release: ReleaseRow, keys: readonly KeyRow[]) => {
  const content = contentOf(release)
  const turned = new Set(keys.map(({ orgId }) => orgId))
  const originators = content.originators.filter(({ orgId }) => !turned.has(orgId)).map(({ orgId }) => orgId)
  const orgs = new Set([...turned, ...originators])
  return { originators, second: content.second && orgs.size < 2 }
}

/** The facts as the release would make them. Null for a change that can no longer be made. */
export const hypothesisOfRelease = async (
  { tx, at }: Pick<OperationContext, 'tx' | 'at'>,
  release: ReleaseRow,
): Promise<Hypothesis> => {
  const { change } = contentOf(release)
  const label = change.label === undefined ? undefined : (await readLabels(tx))(change.label)
  return hypothesisOf(planOf(refOfRelease(release), change, label, at.getTime()))
}

/** The change as it would be made now: the same hash, or something has changed since. */
export const judgeAgain = (
  context: OperationContext,
  release: ReleaseRow,
  authorized: Authorized,
): Promise<JudgedChange> => {
  const { sectionId, documentId } = release
  return sharingChange(context, { ...authorized, sectionId, documentId }, contentOf(release).change)
}

const otherRef = (release: ReleaseRow, { documentId }: { documentId?: Id }): SharingRef =>
  documentId === undefined ? refOfRelease(release) : { documentId }

/**
 * Authorizes the actor for a key that is missing. The originators come first: until they have agreed, what the release is
 * about is shown to nobody else.
 * @throws Refusal for whoever has no key to turn here
 */
export const authorizeKey = async (
  context: OperationContext,
  release: ReleaseRow,
  keys: readonly KeyRow[],
): Promise<{ purpose: Purpose; authorized: Authorized }> => {
  const { forPerson, originators } = contentOf(release)
  const requestedBy = forPerson ?? NOBODY
  const own = originators.find(({ orgId }) => orgId === context.actor.orgId)
  if (own !== undefined) {
    const ref = own.sectionId === null ? otherRef(release, own) : { sectionId: own.sectionId }
    const authorized = await context.authorize(ref, { ask: 'approve', requestedBy, firstKey: null })
    if (own.documentId === undefined) return { purpose: 'originator', authorized }
    const copy = await context.authorize(refOfRelease(release), { ask: 'level', needs: 'read' })
    return { purpose: 'originator', authorized: copy }
  }
  const first = keys.find(({ purpose }) => purpose === 'originator')
  const waits = missingKeys(release, keys).originators.length > 0
  const firstKey = waits || first === undefined ? null : { personId: first.personId, orgId: first.orgId }
  const authorized = await context.authorize(
    refOfRelease(release),
    { ask: 'approve', requestedBy, firstKey },
    firstKey === null ? undefined : await hypothesisOfRelease(context, release),
  )
  return { purpose: 'second', authorized }
}
