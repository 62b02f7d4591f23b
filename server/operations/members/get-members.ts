import { and, asc, eq, gt, isNull, notInArray, or } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { MembersView, MemberView } from '@/lib/views/workspace'
import { organisations, people } from '@/server/db/schema/identity'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import { type Activity, readActivity } from '@/server/operations/identity/read-activity'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { agencyView, readParticipants } from '@/server/operations/shaping/agencies'
import { type Authorized, askAlso } from '@/server/policy/authorize'

/** Asks: to enter, and for guests more: a guest sees what names them, not who else is here. */
export const getMembers: Operation<{ workspaceId: Id }, MembersView> = {
  event: 'membership.listed',
  async run(context, { workspaceId }) {
    const { tx, at } = context
    const entered = await context.authorize({ workspaceId }, { ask: 'enter' })
    if (entered.facts.membership?.role === 'guest')
      await context.authorize({ workspaceId }, { ask: 'level', needs: 'discover' })
    const [workspace] = await tx.orm.select().from(workspaces).where(eq(workspaces.id, workspaceId))
    if (workspace === undefined) throw new Error(`workspace ${workspaceId} is gone`)
    const members = await readMemberships(context, workspaceId)
    context.recordView(
      { object: { workspaceId }, volume: { members: members.length } },
      members.map(({ membership }) => membership.id),
    )
    const participants = await readParticipants(tx, workspaceId, workspace.hostOrgId, at)
    const mayAdd = mayChange(entered, context.actor.orgId)
    const activity = mayAdd ? await readActivity(tx, context.actor.orgId) : new Map<Id, Activity>()
    return {
      workspaceId,
      title: workspace.title,
      agencies: participants.map(({ agency }) => ({
        agency,
        members: members
          .filter(({ org }) => org.id === agency.id)
          .map((member) => memberView(member, mayChange(entered, agency.id), activity.get(member.person.id))),
      })),
      candidates: mayAdd
        ? await readCandidates(
            context,
            members.map(({ person }) => person.id),
          )
        : [],
      can: { add: mayAdd, why: mayAdd ? null : whyNot(context.actor.orgName) },
    }
  },
}

/** Also those that begin later; not those that are over. */
const readMemberships = ({ tx, at }: OperationContext, workspaceId: Id) =>
  tx.orm
    .select({ membership: memberships, person: people, org: organisations })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .innerJoin(organisations, eq(organisations.id, people.orgId))
    .where(
      and(
        eq(memberships.workspaceId, workspaceId),
        isNull(memberships.endedAt),
        or(isNull(memberships.validUntil), gt(memberships.validUntil, at)),
      ),
    )
    .orderBy(asc(people.name), asc(people.id))

const readCandidates = ({ tx, actor }: OperationContext, memberIds: Id[]) =>
  tx.orm
    .select({ id: people.id, name: people.name, email: people.email })
    .from(people)
    .where(
      and(
        eq(people.orgId, actor.orgId),
        eq(people.state, 'active'),
        ...(memberIds.length === 0 ? [] : [notInArray(people.id, memberIds)]),
      ),
    )
    .orderBy(asc(people.name), asc(people.id))

const mayChange = (entered: Authorized, orgId: Id): boolean =>
  askAlso(entered, { ask: 'members', orgId }).allowed

const whyNot = (orgName: string): string => `Only leads of ${orgName} can change this.`

const memberView = (
  { membership, person, org }: Awaited<ReturnType<typeof readMemberships>>[number],
  change: boolean,
  activity: Activity | undefined,
): MemberView => ({
  membershipId: membership.id,
  person: { id: person.id, name: person.name, org: agencyView(org) },
  role: membership.role,
  from: membership.validFrom.toISOString(),
  until: membership.validUntil?.toISOString() ?? null,
  suspended: person.state === 'suspended',
  activity:
    activity === undefined
      ? null
      : { lastActiveAt: activity.lastSeenAt.toISOString(), strength: activity.strength },
  can: { change, why: change ? null : whyNot(org.name) },
})
