import type { Id } from '@/lib/ids'
import type { Actor } from '@/server/identity/actor'
import { Turnstile } from '@/tests/interleavings/turnstile'
import { openTestDatabase } from '@/tests/support/database'
import { openSyncBed, type SyncBed } from '@/tests/support/sync/sync-server'
import { threeAgencies } from '@/tests/support/three-agencies'

export interface InterleavingBed extends SyncBed {
  turnstile: Turnstile
}

/** The real sync server on real sockets; each call of its database goes through a turnstile. */
export const openInterleavingBed = async (): Promise<InterleavingBed> => {
  const db = await openTestDatabase()
  const world = await threeAgencies(db)
  const turnstile = new Turnstile()
  const bed = await openSyncBed({ db: turnstile.guard(db), world })
  return { ...bed, turnstile }
}

/** A section of Weather's, and Eve, editor of an agency of her own with a lead: what is taken away concerns nobody else. */
export interface Scene {
  eve: Actor
  lead: Actor
  org: Id
  participationId: Id
  membershipId: Id
  groupMembershipId: Id
  groupId: Id
  sectionId: Id
  /** Another section of Weather's, of which the first may be a copy. */
  sourceId: Id
}

export const sceneIn = async ({
  world: { world, orgs, workspaceId, documentId },
}: SyncBed): Promise<Scene> => {
  const org = await world.org()
  const participationId = await world.participation(workspaceId, org, { mayExport: true })
  const personId = await world.person(org, { name: 'Eve Editor' })
  const membershipId = await world.membership(workspaceId, personId, 'editor')
  const groupId = await world.group(org)
  const groupMembershipId = await world.inGroup(groupId, personId)
  const leadId = await world.person(org, { name: 'Lena Lead' })
  await world.membership(workspaceId, leadId, 'lead')
  const sectionId = await world.section(documentId, orgs.weather, { begun: true })
  return {
    eve: await world.actor(personId),
    lead: await world.actor(leadId),
    org,
    participationId,
    membershipId,
    groupId,
    groupMembershipId,
    sectionId,
    sourceId: await world.section(documentId, orgs.weather, { begun: true }),
  }
}
