import { and, eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { AgencyPartView } from '@/lib/views/workspace'
import { people } from '@/server/db/schema/identity'
import { termsSignatures } from '@/server/db/schema/partnership'
import { memberships, type workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { inForceAt, mustGet, readAgencies, readParticipants } from '@/server/operations/shaping/agencies'

interface Standing {
  role: Role
  /** Leads the people of their own organisation here. */
  leads: boolean
}

/** The organisations that take part, what each may do at most, and what the actor may change about it. */
export const readAgencyParts = async (
  context: OperationContext,
  workspace: typeof workspaces.$inferSelect,
  { role, leads }: Standing,
): Promise<AgencyPartView[]> => {
  const { tx, actor, at } = context
  const { id: workspaceId, hostOrgId } = workspace
  const participants = await readParticipants(tx, workspaceId, hostOrgId, at)
  const members = await membersHere(context, workspaceId)
  const signatures = await tx.orm
    .select()
    .from(termsSignatures)
    .where(eq(termsSignatures.workspaceId, workspaceId))
  const suspenders = await readAgencies(
    tx,
    participants.flatMap(({ participation }) => participation.suspendedByOrg ?? []),
  )
  const ruling = leads && actor.orgId === hostOrgId
  return participants.map(({ agency, participation }) => {
    const { suspendedByOrg, signedTermsVersion } = participation
    const own = agency.id === actor.orgId && (leads || actor.isAdministrator)
    const may = agency.id !== hostOrgId && (own || ruling)
    const here = role === 'guest' ? [] : members.filter(({ orgId }) => orgId === agency.id)
    const signed = signatures.find(
      ({ orgId, version }) => orgId === agency.id && version === signedTermsVersion,
    )
    return {
      ...agency,
      state: participation.state,
      suspendedBy: suspendedByOrg === null ? null : mustGet(suspenders, suspendedByOrg),
      ceiling: participation.ceiling,
      mayExport: participation.mayExport,
      until: participation.validUntil?.toISOString() ?? null,
      signedVersion: signedTermsVersion,
      signedAt: signed?.at.toISOString() ?? null,
      people: here.length,
      leads: here.filter((one) => one.role === 'lead').map(({ name }) => name),
      can: {
        change: may,
        suspend: may && participation.state === 'active',
        resume: may && suspendedByOrg === actor.orgId,
        takeOut: may && !own,
        leave: may && own,
      },
    }
  })
}

const membersHere = ({ tx, at }: OperationContext, workspaceId: Id) =>
  tx.orm
    .select({ orgId: people.orgId, name: people.name, role: memberships.role })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.workspaceId, workspaceId), inForceAt(memberships, at)))
    .orderBy(people.name)
