import { and, asc, eq, inArray } from 'drizzle-orm'
import type { Id } from '@/lib/ids'
import type { Clause } from '@/lib/policy/facts'
import { atLeast } from '@/lib/policy/vocabulary'
import type { BoundaryView } from '@/lib/views/boundary'
import { sections } from '@/server/db/schema/content'
import { groups, people } from '@/server/db/schema/identity'
import { memberships, workspaces } from '@/server/db/schema/workspace'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { sectionObject } from '@/server/operations/sections/section-places'
import {
  inForceAt,
  mustGet,
  readAgencies,
  readParticipants,
  readPeople,
} from '@/server/operations/shaping/agencies'
import { askAlso, type PersonAnswer, whoCan } from '@/server/policy/authorize'

/** Asks: read on the section. Who can see and edit it, by agency and by name. */
export const getBoundary: Operation<{ sectionId: Id }, BoundaryView> = {
  event: 'boundary.viewed',
  async run(context, { sectionId }) {
    const { tx, at } = context
    const authorized = await context.authorize({ sectionId }, { ask: 'level', needs: 'read' })
    const { section } = authorized.facts
    if (section === null) throw new Error('a section without its facts')
    const answers = (await whoCan(tx, { sectionId }, undefined, at.getTime())).filter(({ decision }) =>
      atLeast(decision.level, 'discover'),
    )
    context.recordView({ object: sectionObject(authorized, sectionId), volume: { people: answers.length } }, [
      section.boundary?.id ?? null,
      answers.map(({ personId, decision }) => [personId, decision.level]),
    ])
    const [row] = await tx.orm
      .select({ title: sections.title })
      .from(sections)
      .where(eq(sections.id, sectionId))
    const originator = mustGet(await readAgencies(tx, [section.originatorOrgId]), section.originatorOrgId)
    const governs = askAlso(authorized, { ask: 'govern' }).allowed
    return {
      sectionId,
      title: row?.title ?? '',
      originator,
      clauses: section.boundary && (await namedClauses(context, section.boundary.clauses)),
      // For who decides: a guest is not told who else is in the workspace.
      ...(governs ? await whoMayBeNamed(context, authorized.workspaceId) : { agencies: [], people: [] }),
      who: await byAgency(context, answers),
      can: {
        set: governs,
        why: governs
          ? null
          : `Only ${originator.name} can change who sees this; ask a steward of ${originator.name}.`,
      },
    }
  },
}

const namedClauses = async ({ tx, at }: OperationContext, clauses: readonly Clause[]) => {
  const live = clauses.filter(({ validity }) => validity.until === null || validity.until > at.getTime())
  const ids = live.map(({ subjectId }) => subjectId)
  const named = await readPeople(tx, ids)
  const groupRows = await tx.orm.select().from(groups).where(inArray(groups.id, ids))
  const agencies = await readAgencies(tx, [...ids, ...groupRows.map(({ orgId }) => orgId)])
  return live.flatMap(({ subjectKind, subjectId, maxLevel, validity }) => {
    const person = named.get(subjectId)
    const group = groupRows.find(({ id }) => id === subjectId)
    const agency = person?.org ?? agencies.get(group?.orgId ?? subjectId)
    if (agency === undefined) return []
    const until = validity.until === null ? null : new Date(validity.until).toISOString()
    const name = person?.name ?? group?.name ?? agency.name
    return [{ subjectKind, subjectId, maxLevel, until, name, agency }]
  })
}

const whoMayBeNamed = async ({ tx, at }: OperationContext, workspaceId: Id) => {
  const [workspace] = await tx.orm
    .select({ hostOrgId: workspaces.hostOrgId })
    .from(workspaces)
    .where(eq(workspaces.id, workspaceId))
  const participants = await readParticipants(tx, workspaceId, workspace?.hostOrgId ?? '', at)
  const rows = await tx.orm
    .selectDistinct({ id: people.id, name: people.name })
    .from(memberships)
    .innerJoin(people, eq(people.id, memberships.personId))
    .where(and(eq(memberships.workspaceId, workspaceId), inForceAt(memberships, at)))
    .orderBy(asc(people.name), asc(people.id))
  const named = await readPeople(
    tx,
    rows.map(({ id }) => id),
  )
  return {
    agencies: participants.map(({ agency }) => agency),
    people: rows.map(({ id }) => mustGet(named, id)),
  }
}

const byAgency = async ({ tx }: OperationContext, answers: readonly PersonAnswer[]) => {
  const named = await readPeople(
    tx,
    answers.map(({ personId }) => personId),
  )
  const who = new Map<Id, BoundaryView['who'][number]>()
  for (const { personId, decision } of answers) {
    const person = mustGet(named, personId)
    const entry = who.get(person.org.id) ?? { agency: person.org, people: [] }
    entry.people.push({ person, level: decision.level, rule: decision.rule })
    who.set(person.org.id, entry)
  }
  return [...who.values()]
}
