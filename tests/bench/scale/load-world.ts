import type { Id } from '@/lib/ids'
import type { Role } from '@/lib/policy/vocabulary'
import type { Database } from '@/server/db/client'
import { countedIds, fill, unlimited } from '@/tests/bench/scale/fill'
import { fillPolicy } from '@/tests/bench/scale/policy-rows'
import {
  LONG_AGO,
  type ScaleDocument,
  type ScaleWorkspace,
  type ScaleWorld,
  type Sizes,
} from '@/tests/bench/scale/scale-world'
import { fillTold } from '@/tests/bench/scale/told-rows'
import { pick, type Random, seeded, whole } from '@/tests/support/seeded'

const GROUPS_PER_ORG = 5
const PEOPLE_PER_GROUP = 15
/** The largest document of the largest workspace. */
const LONGEST = 200

/** A whole instance, the same for the same sizes. Loaded by SQL, past every operation. */
export const loadScaleWorld = async (db: Database, sizes: Sizes): Promise<ScaleWorld> => {
  const random = seeded(20_261_123)
  const nextId = countedIds()
  const world: ScaleWorld = { sizes, random, nextId, orgs: [], workspaces: [] }
  await fillPeople(db, world)
  await fillWorkspaces(db, world)
  await fillDocuments(db, world)
  await fillPolicy(db, world)
  await fillTold(db, world)
  await unlimited(db, 'analyze')
  return world
}

const fillPeople = async (db: Database, world: ScaleWorld): Promise<void> => {
  const { sizes, random, nextId } = world
  world.orgs = Array.from({ length: sizes.orgs }, () => ({
    id: nextId(),
    people: [],
    groups: Array.from({ length: GROUPS_PER_ORG }, nextId),
  }))
  for (let i = 0; i < sizes.people; i++) {
    const org = pick(random, world.orgs)
    org.people.push({ id: nextId(), orgId: org.id })
  }
  await fill(
    db,
    'organisations',
    'id uuid, name text, short_code text, colour int',
    world.orgs.map(({ id }, i) => [
      id,
      `Agency ${i} for ${SUBJECTS[i % SUBJECTS.length]}`,
      letters(i),
      i % 12,
    ]),
  )
  const people = world.orgs.flatMap((org) => org.people)
  await fill(
    db,
    'people',
    'id uuid, org_id uuid, email text, name text, is_administrator boolean',
    people.map(({ id, orgId }, i) => [
      id,
      orgId,
      `person-${i}@agency.example`,
      `${pick(random, GIVEN)} ${pick(random, FAMILY)}${i}`,
      world.orgs.some((org) => org.people[0]?.id === id),
    ]),
  )
  await fill(
    db,
    'groups',
    'id uuid, org_id uuid, name text',
    world.orgs.flatMap(({ id, groups }) => groups.map((group, i) => [group, id, `Group ${i}`])),
  )
  await fill(
    db,
    'group_members',
    'id uuid, group_id uuid, person_id uuid, valid_from timestamptz',
    world.orgs.flatMap(({ groups, people: own }) =>
      groups.flatMap((group) =>
        [...new Set(Array.from({ length: PEOPLE_PER_GROUP }, () => pick(random, own)))].map((person) => [
          nextId(),
          group,
          person.id,
          LONG_AGO,
        ]),
      ),
    ),
  )
}

const fillWorkspaces = async (db: Database, world: ScaleWorld): Promise<void> => {
  const { sizes, random, nextId, orgs } = world
  const count = Math.max(3, Math.round(sizes.orgs / 5))
  for (let i = 0; i < count; i++) {
    const wanted = i === 0 ? Math.ceil(sizes.orgs * 0.3) : 4 + whole(random, 9)
    const here = [...new Set(Array.from({ length: wanted * 2 }, () => pick(random, orgs)))].slice(0, wanted)
    const members = here.flatMap((org) =>
      org.people
        .filter((_, n) => n < 5 || random() < (i === 0 ? 0.65 : 0.4))
        .map((person, n) => ({ ...person, role: roleOf(random, n), membershipId: nextId() })),
    )
    world.workspaces.push({ id: nextId(), orgs: here.map(({ id }) => id), members, documents: [] })
  }
  await fill(
    db,
    'workspaces',
    'id uuid, title text, host_org_id uuid',
    world.workspaces.map((workspace, i) => [workspace.id, `Workspace ${i}`, workspace.orgs[0] as Id]),
  )
  await fill(
    db,
    'participations',
    'id uuid, workspace_id uuid, org_id uuid, ceiling text, may_export boolean, valid_from timestamptz',
    world.workspaces.flatMap((workspace) =>
      workspace.orgs.map((orgId, i) => [
        nextId(),
        workspace.id,
        orgId,
        i % 5 === 4 ? 'edit' : 'manage',
        i % 2 === 0,
        LONG_AGO,
      ]),
    ),
  )
  await fill(
    db,
    'memberships',
    'id uuid, workspace_id uuid, person_id uuid, role text, valid_from timestamptz',
    world.workspaces.flatMap((workspace) =>
      workspace.members.map((member) => [
        member.membershipId,
        workspace.id,
        member.id,
        member.role,
        LONG_AGO,
      ]),
    ),
  )
}

const fillDocuments = async (db: Database, world: ScaleWorld): Promise<void> => {
  const { sizes, random, nextId, workspaces } = world
  const [largest, ...others] = workspaces as [ScaleWorkspace, ...ScaleWorkspace[]]
  const rows: (string | null)[][] = []
  const all: ScaleDocument[] = []
  for (let i = 0; i < sizes.documents; i++) {
    const workspace = i % 5 === 0 ? largest : pick(random, others)
    const ownerOrgId = pick(random, workspace.orgs)
    const parent =
      workspace.documents.length > 3 && random() < 0.7 ? pick(random, workspace.documents).id : null
    const document = { id: nextId(), ownerOrgId, sections: [] }
    workspace.documents.push(document)
    all.push(document)
    rows.push([
      document.id,
      workspace.id,
      ownerOrgId,
      parent,
      `Plan ${i}`,
      positionOf(i),
      pick(random, LABELS),
    ])
  }
  const columns =
    'id uuid, workspace_id uuid, owner_org_id uuid, parent_id uuid, title text, position text, label text'
  await fill(db, 'documents', columns, rows)
  const placeOf = new Map(
    workspaces.flatMap((workspace) => workspace.documents.map((one) => [one.id, workspace])),
  )
  const sections: string[][] = []
  for (let i = 0; i < sizes.sections; i++) {
    const document = (i < Math.min(LONGEST, sizes.sections / 4) ? all[0] : pick(random, all)) as ScaleDocument
    const workspace = placeOf.get(document.id) as ScaleWorkspace
    const originatorOrgId = random() < 0.5 ? document.ownerOrgId : pick(random, workspace.orgs)
    const section = { id: nextId(), originatorOrgId }
    document.sections.push(section)
    sections.push([
      section.id,
      document.id,
      originatorOrgId,
      `Section ${i}`,
      positionOf(i),
      pick(random, LABELS),
    ])
  }
  const sectionColumns =
    'id uuid, document_id uuid, originator_org_id uuid, title text, position text, label text'
  await fill(db, 'sections', sectionColumns, sections)
}

/** Of each agency two leads (the first is its administrator), two stewards and an auditor; then as people are spread. */
const roleOf = (random: Random, n: number): Role => {
  if (n < 5) return n < 2 ? 'lead' : n < 4 ? 'steward' : 'auditor'
  const at = random()
  if (at < 0.4) return 'editor'
  if (at < 0.55) return 'reviewer'
  if (at < 0.91) return 'reader'
  return at < 0.99 ? 'guest' : 'auditor'
}

const LABELS = ['TLP:CLEAR', 'TLP:GREEN', 'TLP:GREEN', 'TLP:AMBER', 'TLP:AMBER+STRICT'] as const
const SUBJECTS = ['Rivers', 'Roads', 'Health', 'Weather', 'Schools', 'Power', 'Water', 'Shelter']
const GIVEN = ['Ada', 'Ben', 'Carla', 'Dan', 'Eva', 'Farid', 'Gina', 'Hal', 'Iris', 'Jon', 'Kim', 'Lea']
const FAMILY = ['Abbot', 'Brook', 'Castle', 'Dale', 'Elm', 'Field', 'Grove', 'Hill', 'Isle', 'Lake', 'Moor']

/** Sorts as `n` does. */
const positionOf = (n: number): string => `d${n.toString(36).padStart(4, '0')}`
const letters = (n: number): string =>
  `S${String.fromCharCode(65 + Math.floor(n / 676), 65 + (Math.floor(n / 26) % 26), 65 + (n % 26))}`
