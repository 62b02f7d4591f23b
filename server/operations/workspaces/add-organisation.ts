import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import { organisations, people } from '@/server/db/schema/identity'
import { memberships, participations } from '@/server/db/schema/workspace'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { inForceAt } from '@/server/operations/shaping/agencies'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'

interface Input {
  workspaceId: Id
  orgId: Id
  ceiling: Level
  mayExport: boolean
}

/**
 * Brings an organisation in. Its own administrators become its first leads, because nobody else may choose its
 * people; from then on its leads do.
 */
export const addOrganisation: Operation<Input, void> = {
  event: 'participation.started',
  async run(context, { workspaceId, orgId, ceiling, mayExport }) {
    const { tx, actor, at } = context
    await authorizeHost(context, workspaceId)
    const org = await organisationToAdd(context, workspaceId, orgId)
    const since = { workspaceId, grantedBy: actor.personId, validFrom: at }
    const participationId = newId()
    await tx.orm.insert(participations).values({ ...since, id: participationId, orgId, ceiling, mayExport })
    context.record({
      object: { workspaceId, targetId: orgId },
      after: { participationId, ceiling, mayExport },
    })
    for (const personId of org.administrators) {
      const membershipId = newId()
      await tx.orm.insert(memberships).values({ ...since, id: membershipId, personId, role: 'lead' })
      context.record({
        type: 'membership.started',
        object: { workspaceId, targetId: personId },
        after: { membershipId, role: 'lead', until: null },
        details: { role: 'lead' },
      })
    }
    await context.changeAccess({ workspaceId, orgId })
  },
}

const organisationToAdd = async ({ tx, at }: OperationContext, workspaceId: Id, orgId: Id) => {
  const [org] = await tx.orm.select().from(organisations).where(eq(organisations.id, orgId))
  if (org === undefined || org.state !== 'active') throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
  const here = and(eq(participations.workspaceId, workspaceId), eq(participations.orgId, orgId))
  const [already] = await tx.orm
    .select({ id: participations.id })
    .from(participations)
    .where(and(here, inForceAt(participations, at)))
  if (already !== undefined) throw new DomainError('conflict', `${org.name} takes part here already.`)
  const administrators = await tx.orm
    .select({ id: people.id })
    .from(people)
    .where(and(eq(people.orgId, orgId), eq(people.isAdministrator, true), eq(people.state, 'active')))
  if (administrators.length === 0)
    throw new DomainError(
      'invalid',
      `${org.name} has no administrator who could lead its people here. It needs one first.`,
    )
  return { administrators: administrators.map(({ id }) => id) }
}
