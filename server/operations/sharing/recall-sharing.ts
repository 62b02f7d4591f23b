import { inArray } from 'drizzle-orm'
import type { Boundary } from '@/lib/policy/facts'
import type { ClauseInput } from '@/lib/views/boundary'
import type { SharingRef } from '@/lib/views/sharing'
import { groups, people } from '@/server/db/schema/identity'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { objectOf } from '@/server/operations/sharing/apply-change'
import { applyAtOnce } from '@/server/operations/sharing/apply-or-request'

/**
 * Asks: rule over the object. One key, at once, also while a release waits: nobody of another organisation sees it from
 * the commit on. Of its own organisation nobody gains: a boundary that names people keeps naming only them.
 */
export const recallSharing: Operation<{ on: SharingRef }, void> = {
  event: 'sharing.recalled',
  async run(context, { on }) {
    const authorized = await context.authorize(on, { ask: 'govern' })
    const { section, document } = authorized.facts
    const object = 'sectionId' in on ? section : document
    const own = section?.originatorOrgId ?? document?.ownerOrgId ?? ''
    await applyAtOnce(context, on, { boundary: await ownAlone(context, object?.boundary ?? null, own) })
    context.record({ object: objectOf(authorized) })
  },
}

const ownAlone = async (
  { tx, at }: OperationContext,
  boundary: Boundary | null,
  orgId: string,
): Promise<ClauseInput[]> => {
  const everyone: ClauseInput = { subjectKind: 'org', subjectId: orgId, maxLevel: 'manage', until: null }
  if (boundary === null) return [everyone]
  const ids = boundary.clauses.map(({ subjectId }) => subjectId)
  const persons = await tx.orm
    .select({ id: people.id, orgId: people.orgId })
    .from(people)
    .where(inArray(people.id, ids))
  const groupRows = await tx.orm
    .select({ id: groups.id, orgId: groups.orgId })
    .from(groups)
    .where(inArray(groups.id, ids))
  const isOwn = new Set(
    [{ id: orgId, orgId }, ...persons, ...groupRows].flatMap((row) => (row.orgId === orgId ? row.id : [])),
  )
  return boundary.clauses
    .filter(({ subjectId, validity }) => isOwn.has(subjectId) && (validity.until ?? Infinity) > at.getTime())
    .map(({ subjectKind, subjectId, maxLevel, validity }) => ({
      subjectKind,
      subjectId,
      maxLevel,
      until: validity.until === null ? null : new Date(validity.until).toISOString(),
    }))
}
