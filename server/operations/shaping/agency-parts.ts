import { eq } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { AgencyPartView } from '@/lib/views/workspace'
import { termsSignatures } from '@/server/db/schema/partnership'
import type { workspaces } from '@/server/db/schema/workspace'
import type { OperationContext } from '@/server/operations/run-operation'
import { mustGet, readAgencies, readParticipants } from '@/server/operations/shaping/agencies'

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
    const here = role === 'guest' ? undefined : members.get(agency.id)
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
      people: here?.people ?? 0,
      leads: here?.leads ?? [],
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

/** How many there are of each organisation, and who leads them: counted where they lie, for there may be thousands. */
const membersHere = async ({ tx, at }: OperationContext, workspaceId: Id): Promise<Map<Id, MembersHere>> => {
  const { rows } = await tx.query<MembersHere & { org_id: Id }>(
    `select p.org_id, count(*)::int as people,
       coalesce(array_agg(p.name order by p.name) filter (where m.role = 'lead'), '{}') as leads
     from memberships m join people p on p.id = m.person_id
     where m.workspace_id = $1 and m.valid_from <= $2 and (m.valid_until is null or m.valid_until > $2)
       and m.ended_at is null
     group by p.org_id`,
    [workspaceId, at],
    'members of each agency',
  )
  return new Map(rows.map((row) => [row.org_id, row]))
}

interface MembersHere {
  people: number
  leads: string[]
}
