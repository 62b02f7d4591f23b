import { randomBytes } from 'node:crypto'
import type { EventDraft } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import { createRecorder } from '@/server/audit/append'
import type { Tx } from '@/server/db/client'
import { organisations, people, sessions } from '@/server/db/schema/identity'
import { organisationDomains } from '@/server/db/schema/organisation'
import { memberships, participations, workspaces } from '@/server/db/schema/workspace'
import { WORKSPACE } from '@/server/demonstration/documents'
import { AGENCIES, type AgencyKey, emailOf, PEOPLE, type PersonKey } from '@/server/demonstration/people'
import type { Services } from '@/server/services'

/** Ids of what was written so far, and the pen: every row goes with its event. */
export interface World {
  tx: Tx
  at: Date
  workspaceId: Id
  orgs: Record<AgencyKey, Id>
  people: Record<PersonKey, Id>
  sessions: Record<PersonKey, Id>
  record(by: PersonKey | null, draft: Omit<EventDraft, 'actor' | 'outcome'>): void
}

const AGENCY_KEYS = Object.keys(AGENCIES) as AgencyKey[]
const PERSON_KEYS = Object.keys(PEOPLE) as PersonKey[]

const idFor = <Key extends string>(keys: readonly Key[]): Record<Key, Id> =>
  Object.fromEntries(keys.map((key) => [key, newId()])) as Record<Key, Id>

/** Organisations, people, the workspace and who takes part in it. */
export const writeWorld = async (services: Services, tx: Tx, passwordHash: string): Promise<World> => {
  const at = services.now()
  const orgs = idFor(AGENCY_KEYS)
  const persons = idFor(PERSON_KEYS)
  const sessionIds = idFor(PERSON_KEYS)
  // As of one moment, rows and events: or "what changed" would look for the cause of a row among events that came later.
  const recorder = createRecorder({
    node: `${services.node}.demonstration`,
    keys: services.personKeys,
    now: () => at,
  })
  const record: World['record'] = (by, draft) => {
    const actor =
      by === null
        ? { personId: null, orgId: null, sessionId: null }
        : { personId: persons[by], orgId: orgs[PEOPLE[by].agency], sessionId: sessionIds[by] }
    recorder.append(tx, { ...draft, actor, outcome: 'allowed' })
  }
  const world: World = {
    tx,
    at,
    workspaceId: newId(),
    orgs,
    people: persons,
    sessions: sessionIds,
    record,
  }
  await writeAgencies(world)
  await writePeople(world, passwordHash)
  await writeDomains(world)
  await writeWorkspace(world)
  return world
}

const writeAgencies = async ({ tx, at, orgs, record }: World): Promise<void> => {
  for (const key of AGENCY_KEYS) {
    const { name, shortCode, colour } = AGENCIES[key]
    await tx.orm.insert(organisations).values({ id: orgs[key], name, shortCode, colour, createdAt: at })
    const type = key === 'county' ? 'instance.set_up' : 'organisation.created'
    record(null, { type, object: { targetId: orgs[key] } })
  }
}

/** The domain of everybody's address, so that leads can invite people of their own agency. */
const writeDomains = async ({ tx, at, orgs, people: persons, record }: World): Promise<void> => {
  for (const key of PERSON_KEYS) {
    const { agency, administrator } = PEOPLE[key]
    if (administrator !== true) continue
    const domain = emailOf(key).split('@')[1] ?? ''
    const id = newId()
    await tx.orm
      .insert(organisationDomains)
      .values({ id, orgId: orgs[agency], domain, addedBy: persons[key], at })
    record(key, { type: 'domain.added', object: { targetId: id }, after: { orgId: orgs[agency], domain } })
  }
}

/** Each with a session in which they "wrote" the demonstration: begun and ended at once, so it opens nothing. */
const writePeople = async (world: World, passwordHash: string): Promise<void> => {
  const { tx, at, record } = world
  for (const key of PERSON_KEYS) {
    const person = PEOPLE[key]
    await tx.orm.insert(people).values({
      id: world.people[key],
      orgId: world.orgs[person.agency],
      email: emailOf(key),
      name: person.name,
      passwordHash,
      isAdministrator: person.administrator === true,
      isOperator: person.operator === true,
      createdAt: at,
    })
    record(null, { type: 'person.created', object: { targetId: world.people[key] } })
    await tx.orm.insert(sessions).values({
      id: world.sessions[key],
      tokenHash: randomBytes(32).toString('hex'),
      personId: world.people[key],
      createdAt: at,
      lastSeenAt: at,
      expiresAt: at,
      endedAt: at,
      endedReason: 'signed_out',
      bannerAcceptedAt: at,
      address: '',
      userAgent: 'Liaison demonstration',
    })
  }
}

const writeWorkspace = async (world: World): Promise<void> => {
  const { tx, at, workspaceId, record } = world
  const host = world.people.mara
  await tx.orm.insert(workspaces).values({
    id: workspaceId,
    title: WORKSPACE,
    hostOrgId: world.orgs.county,
    termsVersion: 1,
    createdAt: at,
    createdBy: host,
  })
  record('mara', { type: 'workspace.created', object: { workspaceId } })
  const since = { workspaceId, grantedBy: host, validFrom: at }
  for (const key of AGENCY_KEYS) {
    const { ceiling } = AGENCIES[key]
    const orgId = world.orgs[key]
    const mayExport = key !== 'audit'
    const participationId = newId()
    await tx.orm.insert(participations).values({
      ...since,
      id: participationId,
      orgId,
      ceiling,
      mayExport,
      signedTermsVersion: 1,
    })
    record('mara', {
      type: 'participation.started',
      object: { workspaceId, targetId: orgId },
      after: { participationId, ceiling, mayExport },
    })
  }
  for (const key of PERSON_KEYS) {
    const { role } = PEOPLE[key]
    if (role === null) continue
    const personId = world.people[key]
    const membershipId = newId()
    await tx.orm.insert(memberships).values({ ...since, id: membershipId, personId, role })
    record('mara', {
      type: 'membership.started',
      object: { workspaceId, targetId: personId },
      after: { membershipId, role, until: null },
      details: { role },
    })
  }
}
