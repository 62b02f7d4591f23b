import { and, eq, isNull, ne } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import { people } from '@/server/db/schema/identity'
import { memberships } from '@/server/db/schema/workspace'
import type { ItemRow } from '@/server/operations/reviews/item-rows'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'
import { type Authorized, askAlso, authorizeEach } from '@/server/policy/authorize'

/** Who may answer what in a review. */
export interface Answering {
  /** Why the actor cannot answer it, and who can; null if they can. */
  whyNot(row: ItemRow): string | null
  /** Of a grant: what it is on, with the answer to "may the actor rule over it?"; null where it is on the workspace. */
  objectOf(row: ItemRow): Authorized | null
}

/** Works out once, for many items, what the actor may answer. `entered` is the workspace's own authorization. */
export const answering = async (
  context: OperationContext,
  entered: Authorized,
  rows: readonly ItemRow[],
): Promise<Answering> => {
  const { tx, actor, at } = context
  const { workspaceId } = entered
  const objects = new Map<Id, Authorized>()
  if (rows.some(({ document_id }) => document_id !== null)) {
    const all = await authorizeEach(tx, actor, { workspaceId }, { ask: 'govern' }, at.getTime())
    for (const one of [...all.documents, ...all.sections])
      objects.set(one.sectionId ?? one.documentId ?? '', one)
  }
  const objectOf = (row: ItemRow) => objects.get(row.section_id ?? row.document_id ?? '') ?? null
  const role = entered.facts.membership?.role
  const leads = askAlso(entered, { ask: 'members', orgId: actor.orgId }).allowed
  const others = leads && (await hasAnotherLead(context, workspaceId))
  return {
    objectOf,
    whyNot(row) {
      if (row.kind === 'membership') {
        if (row.org_id !== actor.orgId || !leads) return 'A lead of this agency answers.'
        if (row.subject_id === actor.personId && others)
          return 'This is about you: another lead of your agency answers.'
        return null
      }
      if (row.org_id !== actor.orgId) return 'A steward of this agency answers.'
      if (row.document_id === null) return leads ? null : 'A lead of this agency answers.'
      const object = objectOf(row)
      const governs = object?.decision.allowed === true && (role === 'lead' || role === 'steward')
      return governs ? null : 'You cannot rule over what this is on. Another steward of your agency answers.'
    },
  }
}

const hasAnotherLead = async ({ tx, actor, at }: OperationContext, workspaceId: Id): Promise<boolean> => {
  const others = await tx.orm
    .select({ id: memberships.id })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        eq(memberships.role, 'lead'),
        isNull(memberships.endedAt),
        ne(memberships.personId, actor.personId),
        eq(people.orgId, actor.orgId),
        eq(people.state, 'active'),
        inForceAt(memberships, at),
      ),
    )
    .limit(1)
  return others.length > 0
}
