import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import { people } from '@/server/db/schema/identity'
import { endOf, lockMembers } from '@/server/operations/members/members-lock'
import { startMembership } from '@/server/operations/members/start-membership'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  workspaceId: Id
  personId: Id
  role: Role
  until: string | null
}

/** Asks: to lead one's own organisation's people here. Somebody else's people are as good as missing. */
export const addMember: Operation<Input, { membershipId: Id }> = {
  event: 'membership.started',
  async run(context, { workspaceId, personId, role, until }) {
    const { tx, actor, at } = context
    await context.authorize({ workspaceId }, { ask: 'members', orgId: actor.orgId })
    await lockMembers(context, workspaceId)
    const validUntil = endOf(until, at)
    const [person] = await tx.orm
      .select()
      .from(people)
      .where(and(eq(people.id, personId), eq(people.orgId, actor.orgId)))
    if (person === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    return { membershipId: await startMembership(context, { workspaceId, person, role, validUntil }) }
  },
}
