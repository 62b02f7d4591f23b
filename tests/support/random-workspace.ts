import { TLP } from '@/lib/marking/tlp'
import { LEVELS, ROLES, SUBJECT_KINDS } from '@/lib/policy/vocabulary'
import type { Database } from '@/server/db/client'
import { worldIn } from '@/tests/support/world'

/** A stream of choices from one seed, so that a world that fails can be built again. */
const choices = (seed: number) => {
  let state = seed
  const next = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 8) / 2 ** 24
  }
  return {
    chance: (share: number) => next() < share,
    one: <T>(of: readonly T[]): T => of[Math.floor(next() * of.length)] as T,
    many: (most: number) => Array.from({ length: Math.floor(next() * (most + 1)) }),
  }
}

const HOUR = 3_600_000

/** One workspace of two organisations with five people, documents and sections; people come back as actors. */
export const randomWorkspace = async (db: Database, seed: number) => {
  const { chance, one, many } = choices(seed)
  const world = worldIn(db)
  const when = () => {
    if (chance(0.75)) return {}
    return one([
      { until: Date.now() - 1_000 },
      { from: Date.now() + HOUR },
      { until: Date.now() + HOUR },
      { endedAt: Date.now() - 1 },
    ])
  }
  const orgs = [await world.org(), await world.org(undefined, chance(0.1) ? 'suspended' : 'active')]
  const workspaceId = await world.workspace(orgs[0] as string, { termsVersion: chance(0.1) ? 1 : 0 })
  for (const org of orgs) {
    if (chance(0.95))
      await world.participation(workspaceId, org, {
        ceiling: one(LEVELS.slice(chance(0.1) ? 0 : 2)),
        ...when(),
      })
  }
  const people: string[] = []
  const groups = [await world.group(orgs[0] as string), await world.group(orgs[1] as string)]
  for (const _ of Array.from({ length: 5 })) {
    const personId = await world.person(one(orgs), { state: chance(0.1) ? 'suspended' : 'active' })
    people.push(personId)
    if (chance(0.9)) await world.membership(workspaceId, personId, one(ROLES), when())
    if (chance(0.4)) await world.inGroup(one(groups), personId, when())
  }
  const somebody = () => {
    const kind = one(SUBJECT_KINDS)
    return { kind, id: one({ org: orgs, group: groups, person: people }[kind]) }
  }
  const policyOn = async (on: { documentId: string } | { sectionId: string }) => {
    if (chance(0.5)) {
      const clauses = many(4).map(() => ({
        ...somebody(),
        max: one(LEVELS),
        ...(chance(0.2) ? { until: Date.now() - 1_000 } : {}),
      }))
      await world.boundary(on, clauses, chance(0.1) ? { endedAt: Date.now() - 1 } : {})
    }
    for (const _ of many(1)) {
      const { kind, id } = somebody()
      await world.grant(on, kind, id, one(LEVELS), when())
    }
    if (chance(0.15)) {
      const { kind, id } = somebody()
      await world.deny(on, kind, id, when())
    }
  }
  const documents: string[] = []
  const sections: string[] = []
  for (const _ of Array.from({ length: 2 })) {
    const documentId = await world.document(workspaceId, one(orgs), { label: one(TLP.slice(0, 4)).id })
    documents.push(documentId)
    if (chance(0.4)) await policyOn({ documentId })
    for (const _ of Array.from({ length: 4 })) {
      const removed = chance(0.1) ? { removedAt: Date.now() } : {}
      const sectionId = await world.section(documentId, one(orgs), { label: one(TLP).id, ...removed })
      await policyOn({ sectionId })
      const from = chance(0.8) ? one(sections) : null
      if (chance(0.3))
        await world.source(sectionId, from ? { sectionId: from } : { documentId: one(documents) }, when())
      if (chance(0.1)) await world.brokenGlass(sectionId, one(people), when())
      sections.push(sectionId)
    }
  }
  return { workspaceId, actors: await Promise.all(people.map((person) => world.actor(person))) }
}
