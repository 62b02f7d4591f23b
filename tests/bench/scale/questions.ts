import { type Id, newId } from '@/lib/ids'
import { appRouter } from '@/server/api/router'
import type { ScalePerson, ScaleWorld } from '@/tests/bench/scale/scale-world'
import { inputsFor, type Schema } from '@/tests/support/generated-input'
import { pick, seeded } from '@/tests/support/seeded'

export interface Question {
  path: string
  /** Who asks and what, in round n: other people and other objects every time. */
  ask(round: number): { person: ScalePerson; input: unknown }
}

const flat = appRouter._def.procedures as unknown as Record<
  string,
  { _def: { type: 'query' | 'mutation'; inputs: Schema[] } }
>

/** Not about what is here: one-time links, and what only the operator may see. */
const LEFT_OUT = /^(entry|organisations)\./
/** Written as a mutation of the API or with an input that no walk can make, and gated all the same. */
const BY_HAND: Record<string, (ids: Record<string, Id>) => unknown> = {
  'record.list': ({ workspaceId }) => ({ workspaceId, filter: {} }),
}

/**
 * Every query of the API, asked about the largest workspace by its members: a new one is measured without anyone
 * remembering. What names a document or section names another one in each round, the longest document first.
 */
export const questionsOf = (world: ScaleWorld): Question[] =>
  Object.entries(flat)
    .filter(([path, { _def }]) => _def.type === 'query' && !LEFT_OUT.test(path))
    .map(([path, { _def }]) => ({
      path,
      ask(round) {
        const random = seeded(round + 1)
        const [workspace] = world.workspaces
        if (workspace === undefined) throw new Error('a world without a workspace')
        const document = workspace.documents[(round * 7) % workspace.documents.length]
        const section = document?.sections[round % document.sections.length]
        const roles = rolesFor(path)
        const administrators = new Set(world.orgs.map(({ people }) => people[0]?.id))
        const askers = workspace.members
          .filter((member) => (path.startsWith('people.') ? administrators.has(member.id) : true))
          .filter(
            ({ role, orgId }) =>
              roles.includes(role) &&
              (section === undefined || !OF_ORIGINATOR.test(path) || orgId === section.originatorOrgId),
          )
        const person = pick(random, askers)
        const ids: Record<string, Id> = {
          workspaceId: workspace.id,
          documentId: document?.id ?? '',
          sectionId: section?.id ?? '',
          personId: pick(random, workspace.members).id,
          orgId: person.orgId,
          subjectId: person.orgId,
        }
        const idOf = (names: readonly string[]) => ids[names.at(-1) ?? ''] ?? newId()
        const byHand = BY_HAND[path]
        const [input] = byHand === undefined ? inputsFor(_def.inputs[0], idOf) : [byHand(ids)]
        return { person, input }
      },
    }))

/** Asked by the originator's stewards. */
const OF_ORIGINATOR = /^(boundaries|sharing|why|explain)\./

const rolesFor = (path: string): readonly string[] => {
  if (path.startsWith('record.')) return ['auditor']
  if (OF_ORIGINATOR.test(path)) return ['lead', 'steward']
  // By who edits: others are refused before there is anything to measure.
  if (path.startsWith('copies.')) return ['lead', 'steward', 'editor']
  return ['lead', 'steward', 'editor', 'reviewer', 'reader']
}
