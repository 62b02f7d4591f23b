import { generateNKeysBetween } from 'fractional-indexing'
import { type Id, newId } from '@/lib/ids'
import type { Level } from '@/lib/policy/vocabulary'
import { documents, sections } from '@/server/db/schema/content'
import { boundaries, boundaryClauses, grants } from '@/server/db/schema/policy'
import type { DemonstrationDocument, DemonstrationSection } from '@/server/demonstration/documents'
import { PEOPLE, type PersonKey } from '@/server/demonstration/people'
import { writeText } from '@/server/demonstration/write-text'
import type { World } from '@/server/demonstration/write-world'
import { volumeOf } from '@/server/sync/edit-bursts'
import { insertUpdates } from '@/server/sync/order/rows'
import { closeBurst, insertBindings, insertBursts } from '@/server/sync/update-log'
import { hashOf } from '@/server/text/hash-of'

/** Documents with their sections, below one parent or at the top. */
export const writeDocuments = async (
  world: World,
  among: readonly DemonstrationDocument[],
  parentId: Id | null = null,
): Promise<void> => {
  const { tx, at, workspaceId } = world
  const positions = generateNKeysBetween(null, null, among.length)
  for (const [index, { title, owner, label, ...document }] of among.entries()) {
    const documentId = newId()
    await tx.orm.insert(documents).values({
      id: documentId,
      workspaceId,
      ownerOrgId: world.orgs[PEOPLE[owner].agency],
      parentId,
      title,
      position: positions[index] ?? '',
      label,
      createdAt: at,
      createdBy: world.people[owner],
    })
    world.record(owner, {
      type: 'document.created',
      object: { workspaceId, documentId },
      after: { parentId, label },
    })
    const places = generateNKeysBetween(null, null, document.sections.length)
    for (const [place, section] of document.sections.entries())
      await writeSection(world, documentId, places[place] ?? '', section)
    await writeDocuments(world, document.below, documentId)
  }
}

const writeSection = async (
  world: World,
  documentId: Id,
  position: string,
  section: DemonstrationSection,
): Promise<void> => {
  const { tx, at, workspaceId } = world
  const { author, label, title } = section
  const sectionId = newId()
  const originatorOrgId = world.orgs[PEOPLE[author].agency]
  const object = { workspaceId, documentId, sectionId }
  const createdBy = world.people[author]
  await tx.orm
    .insert(sections)
    .values({ id: sectionId, documentId, originatorOrgId, title, position, label, createdAt: at, createdBy })
  world.record(author, { type: 'section.created', object, after: { originator: originatorOrgId, label } })
  await writeBoundary(world, object, section)
  await writeGrants(world, object, section)
  await writeContent(world, object, section)
}

interface SectionObject {
  workspaceId: Id
  documentId: Id
  sectionId: Id
}

const levels = <Key extends string>(given: Partial<Record<Key, Level>> = {}): [Key, Level][] =>
  Object.entries(given) as [Key, Level][]

const writeBoundary = async (
  { tx, at, orgs, people, record }: World,
  object: SectionObject,
  { agencies, people: named, author }: DemonstrationSection,
): Promise<void> => {
  if (agencies === undefined && named === undefined) return
  const clauses = [
    ...levels(agencies).map(([key, maxLevel]) => ({
      subjectKind: 'org' as const,
      subjectId: orgs[key],
      maxLevel,
    })),
    ...levels(named).map(([key, maxLevel]) => ({
      subjectKind: 'person' as const,
      subjectId: people[key],
      maxLevel,
    })),
  ]
  const id = newId()
  const { sectionId } = object
  await tx.orm.insert(boundaries).values({ id, sectionId, grantedBy: people[author], validFrom: at })
  for (const clause of clauses)
    await tx.orm.insert(boundaryClauses).values({ ...clause, id: newId(), boundaryId: id, validFrom: at })
  record(author, { type: 'boundary.narrowed', object, before: null, after: clauses })
}

/** For guests: they see only what names them. */
const writeGrants = async (
  { tx, at, people, record }: World,
  object: SectionObject,
  { grants: given, author }: DemonstrationSection,
): Promise<void> => {
  for (const [key, level] of levels<PersonKey>(given)) {
    const id = newId()
    const grant = { subjectKind: 'person' as const, subjectId: people[key], level }
    const { sectionId } = object
    await tx.orm.insert(grants).values({ ...grant, id, sectionId, grantedBy: people[author], validFrom: at })
    record(author, {
      type: 'grant.started',
      object: { ...object, targetId: people[key] },
      after: { id, ...grant },
    })
  }
}

/** The text as one burst of edits by its author, on the ways that typed text takes: bound, stored, hashed, on record. */
const writeContent = async (
  { tx, people, sessions, record }: World,
  object: SectionObject,
  { author, text }: DemonstrationSection,
): Promise<void> => {
  const { sectionId } = object
  const { update, clientId } = writeText(text)
  const burstId = newId()
  const by = { sectionId, personId: people[author], sessionId: sessions[author] }
  await insertBindings(tx, [{ sectionId, clientId, personId: by.personId }])
  await insertBursts(tx, 'demonstration', [{ ...by, id: burstId }])
  await insertUpdates(tx, [{ ...by, burstId, frames: 1, bytes: update }])
  record(author, { type: 'section.edited', object, correlation: burstId })
  const held = await closeBurst(tx, burstId)
  if (held === null) throw new Error(`burst ${burstId} was closed by somebody else`)
  record(author, {
    type: 'section.edit_closed',
    object,
    correlation: burstId,
    volume: volumeOf(held),
    details: { hash: hashOf(update).toString('hex'), updates: held.stored },
  })
}
