import type { SharingChange } from '@/lib/views/sharing'
import { createSessions } from '@/server/identity/sessions'
import { endMember } from '@/server/operations/members/end-member'
import { runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import type { AccessScope } from '@/server/policy/access-scope'
import type { InterleavingBed, Scene } from '@/tests/interleavings/scene'

/** One way of taking access away: what must be there before, and what the person who takes it away does. */
export interface Revocation {
  /** Reading stays: only writing and taking out end. */
  mayRead?: true
  prepare?(bed: InterleavingBed, scene: Scene): Promise<unknown>
  /** Before the race: what the revoking person has looked at already. @returns the act itself */
  ready(bed: InterleavingBed, scene: Scene): Promise<() => Promise<unknown>>
}

/** By Weather's steward, with the preview that was confirmed. */
const sharing =
  (
    change: (scene: Scene, bed: InterleavingBed) => SharingChange,
    on: (scene: Scene) => string = ({ sectionId }) => sectionId,
  ): Revocation['ready'] =>
  async (bed, scene) => {
    const input = { on: { sectionId: on(scene) }, change: change(scene, bed) }
    const { weatherSteward } = bed.world.people
    const { hash } = await runOperation(bed.services, weatherSteward, previewSharing, input)
    return () => runOperation(bed.services, weatherSteward, changeSharing, { ...input, hash })
  }

/** As an operation does it: in one transaction with its publication. */
const rows =
  (
    scope: (scene: Scene, bed: InterleavingBed) => AccessScope,
    statement: (scene: Scene) => [string, string],
  ) =>
  async (bed: InterleavingBed, scene: Scene) => {
    const [text, id] = statement(scene)
    return () =>
      bed.services.db.transaction(async (tx) => {
        await tx.query(text, [id])
        await bed.services.accessChanges.publish(tx, scope(scene, bed))
      })
  }

const inWorkspace = (_: Scene, bed: InterleavingBed): AccessScope => ({ workspaceId: bed.world.workspaceId })

export const REVOCATIONS: Record<string, Revocation> = {
  'a boundary is narrowed': {
    ready: sharing((_, { world }) => ({
      boundary: [{ subjectKind: 'org', subjectId: world.orgs.weather, maxLevel: 'manage', until: null }],
    })),
  },
  'a block is set': {
    ready: sharing(({ eve }) => ({
      denies: { add: [{ subjectKind: 'person', subjectId: eve.personId, until: null }], end: [] },
    })),
  },
  'the marking is raised': {
    prepare: ({ world: { world, orgs, people } }, { sectionId, org }) =>
      world.boundary({ sectionId }, [
        { kind: 'org', id: orgs.weather, max: 'manage' },
        { kind: 'person', id: people.weatherSteward.personId, max: 'manage' },
        { kind: 'org', id: org, max: 'edit' },
      ]),
    ready: sharing(() => ({ label: 'TLP:RED' })),
  },
  'what it was copied from is recalled': {
    prepare: ({ world: { world } }, { sectionId, sourceId }) =>
      world.insert('section_sources', { section_id: sectionId, source_section_id: sourceId }),
    ready: sharing(
      (_, { world }) => ({
        boundary: [{ subjectKind: 'org', subjectId: world.orgs.weather, maxLevel: 'manage', until: null }],
      }),
      ({ sourceId }) => sourceId,
    ),
  },
  'a membership ends': {
    ready:
      async ({ services }, { lead, membershipId }) =>
      () =>
        runOperation(services, lead, endMember, { membershipId }),
  },
  'a session ends': {
    ready:
      async ({ services }, { eve }) =>
      () =>
        createSessions(services).end(eve.sessionId, 'signed_out_elsewhere'),
  },
  'a participation is suspended': {
    ready: rows(
      ({ org }, { world }) => ({ workspaceId: world.workspaceId, orgId: org }),
      ({ participationId }) => [
        `with ended as (update participations set ended_at = now() where id = $1 returning *)
         insert into participations (id, workspace_id, org_id, state, ceiling)
         select gen_random_uuid(), workspace_id, org_id, 'suspended', ceiling from ended`,
        participationId,
      ],
    ),
  },
  'somebody leaves a group': {
    prepare: ({ world: { world, orgs } }, { sectionId, groupId }) =>
      world.boundary({ sectionId }, [
        { kind: 'org', id: orgs.weather, max: 'manage' },
        { kind: 'group', id: groupId, max: 'edit' },
      ]),
    ready: rows(
      ({ eve }) => ({ personId: eve.personId }),
      ({ groupMembershipId }) => [
        'update group_members set ended_at = now() where id = $1',
        groupMembershipId,
      ],
    ),
  },
  'an emergency look ends': {
    prepare: ({ world: { world, orgs } }, { sectionId, eve }) =>
      world.boundary({ sectionId }, [{ kind: 'org', id: orgs.weather, max: 'manage' }]).then(() =>
        world.insert('break_glass', {
          section_id: sectionId,
          person_id: eve.personId,
          session_id: eve.sessionId,
          reason: 'The dam is at risk',
          valid_from: new Date(Date.now() - 60_000),
          valid_until: new Date(Date.now() + 600_000),
        }),
      ),
    ready: rows(inWorkspace, ({ sectionId }) => [
      'update break_glass set ended_at = now() where section_id = $1',
      sectionId,
    ]),
  },
  'the section is frozen': {
    mayRead: true,
    ready:
      async ({ services, world }, { sectionId }) =>
      () =>
        runOperation(services, world.people.weatherSteward, freezeSection, { sectionId }),
  },
}
