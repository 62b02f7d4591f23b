import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DomainError } from '@/lib/errors'
import type { Decision } from '@/lib/policy/facts'
import type { SharingChange, SharingRef } from '@/lib/views/sharing'
import type { Actor } from '@/server/identity/actor'
import { archiveDocument } from '@/server/operations/documents/archive-document'
import { restoreDocument } from '@/server/operations/documents/restore-document'
import { compareAccess } from '@/server/operations/explain/compare-access'
import { whoCanSee } from '@/server/operations/explain/who-can-see'
import { reinstatePerson } from '@/server/operations/identity/reinstate-person'
import { suspendPerson } from '@/server/operations/identity/suspend-person'
import { changeMember } from '@/server/operations/members/change-member'
import { turnKey } from '@/server/operations/releases/turn-key'
import { type Operation, runOperation } from '@/server/operations/run-operation'
import { freezeSection } from '@/server/operations/sections/freeze-section'
import { removeSection } from '@/server/operations/sections/remove-section'
import { restoreSection } from '@/server/operations/sections/restore-section'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { askAlso } from '@/server/policy/authorize'
import { everyoneThen } from '@/server/policy/everyone-then'
import { eventsOf, openPlan, type Plan } from '@/tests/operations/plan'
import { pick, type Random, seeded, whole } from '@/tests/support/seeded'

let plan: Plan
/** Goes only forward, from now on, by what a step takes. */
let clock = Date.now()
beforeAll(async () => {
  plan = await openPlan({ now: () => new Date(clock) })
  // The clock of these histories runs ahead: a proof of who it is must not grow old with it.
  await plan.services.db.query(`update sessions set confirmed_at = now() + interval '9 days'`)
})
afterAll(() => plan.services.close())

const run = <In, Out>(who: Actor, operation: Operation<In, Out>, input: In) =>
  runOperation(plan.services, who, operation, input)

const share = async (who: Actor, on: SharingRef, change: SharingChange) => {
  const { hash } = await run(who, previewSharing, { on, change })
  const outcome = await run(who, changeSharing, { on, change, hash })
  if (outcome.applied) return
  await run(plan.people.weatherSteward, turnKey, { releaseId: outcome.releaseId, hash })
}

/** Something that changes who may see the section of County's that everybody saw in the beginning. */
const oneChange = async (random: Random): Promise<void> => {
  const { people, sections, orgs, documentId } = plan
  const { countyLead: lead, weatherEditor, hospitalEditor, countyReader } = people
  const sectionId = sections.open
  const soon = () =>
    random() < 0.3 ? new Date(clock + 1_000 * (30 + whole(random, 400)) + 500).toISOString() : null
  const org = (id: string, maxLevel: 'read' | 'edit' | 'manage') =>
    ({ subjectKind: 'org', subjectId: id, maxLevel, until: id === orgs.county ? null : soon() }) as const
  const changes: (() => Promise<unknown>)[] = [
    () => share(lead, { sectionId }, { boundary: null }),
    () => share(lead, { sectionId }, { boundary: [org(orgs.county, 'manage')] }),
    () => share(lead, { sectionId }, { boundary: [org(orgs.county, 'manage'), org(orgs.weather, 'edit')] }),
    () => share(lead, { documentId }, { boundary: [org(orgs.county, 'manage'), org(orgs.weather, 'read')] }),
    () => share(lead, { documentId }, { boundary: null }),
    () =>
      share(
        lead,
        { sectionId },
        {
          denies: {
            add: [{ subjectKind: 'person', subjectId: weatherEditor.personId, until: soon() }],
            end: [],
          },
        },
      ),
    () =>
      share(
        lead,
        { sectionId },
        {
          grants: {
            add: [{ subjectKind: 'person', subjectId: countyReader.personId, level: 'edit', until: soon() }],
            end: [],
          },
        },
      ),
    () => share(lead, { sectionId }, { label: pick(random, ['TLP:AMBER', 'TLP:AMBER+STRICT', 'TLP:GREEN']) }),
    () => run(lead, freezeSection, { sectionId }),
    () => share(lead, { sectionId }, { frozen: false }),
    () => run(lead, archiveDocument, { documentId }),
    () => run(lead, restoreDocument, { documentId }),
    () => run(lead, removeSection, { sectionId }),
    () => run(lead, restoreSection, { sectionId }),
    () => run(lead, suspendPerson, { personId: countyReader.personId }),
    () => run(lead, reinstatePerson, { personId: countyReader.personId }),
    () =>
      run(people.hospitalLead, changeMember, {
        membershipId: hospitalEditor.membershipId,
        role: pick(random, ['editor', 'reader', 'reviewer']),
        until: soon(),
      }),
  ]
  await pick(random, changes)().catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error
  })
}

describe('who could see it then', () => {
  test.each([11, 12, 13])(
    'facts as of record N give the decision that record N holds (history %i)',
    async (seed) => {
      const random = seeded(seed)
      const sectionId = plan.sections.open
      const askers = Object.values(plan.people).filter(({ name }) => !name.includes('Guest'))
      const rules = new Set<string>()
      for (let step = 0; step < 40; step++) {
        clock += 1_000 * (1 + whole(random, 120))
        await oneChange(random)
        clock += 1_000 * (1 + whole(random, 60))
        await run(pick(random, askers), getSharing, { on: { sectionId } }).catch((error: unknown) => {
          if (!(error instanceof DomainError)) throw error
        })
      }
      // Back to where one can look at it, for the next history.
      const looks = (await eventsOf(plan, 'boundary.viewed')).map(({ says }) => says as unknown as Looked)
      expect(looks.length).toBeGreaterThan(20)
      const wrong: unknown[] = []
      for (const { at, actor, decision } of looks) {
        // Who is suspended is signed out before any rule is asked; that is no decision about the section.
        if (decision === undefined || decision.rule === 'R0' || decision.rule === 'R1') continue
        rules.add(decision.rule)
        const { people } = await everyoneThen(plan.services.db, { sectionId }, Date.parse(at), clock)
        const facts = people.find(({ row }) => row.person_id === actor.person)?.facts
        const then = facts && askAlso({ facts }, { ask: 'level', needs: 'read' })
        const same =
          then !== undefined &&
          then !== null &&
          JSON.stringify([then.rule, then.level, then.rows]) ===
            JSON.stringify([decision.rule, decision.level, decision.rows ?? []])
        if (!same) wrong.push([at, actor.person, decision, then])
      }
      expect(wrong).toEqual([])
      expect(rules.size).toBeGreaterThanOrEqual(3)
    },
  )

  test('what it was is told also of states that are overwritten, and of what was not there yet', async () => {
    const { people, world, documentId, orgs } = plan
    clock += 60_000
    const sectionId = await world.section(documentId, orgs.county, { title: 'Later' })
    await plan.services.db.query('update sections set created_at = $2 where id = $1', [
      sectionId,
      new Date(clock),
    ])
    await run(people.countyLead, restoreDocument, { documentId }).catch(() => {})
    await share(people.countyLead, { documentId }, { boundary: null }).catch(() => {})
    const at = (moment: number) => new Date(moment).toISOString()
    const level = async (moment: number, name: string) => {
      const view = await run(people.countyLead, whoCanSee, { on: { sectionId }, at: at(moment) })
      const rows = [...view.agencies.flatMap((one) => one.people), ...view.without.people]
      return view.existed ? rows.find(({ person }) => person.name === name)?.level : 'not there'
    }
    const born = clock
    clock += 60_000
    await run(people.countyLead, freezeSection, { sectionId })
    const frozen = clock
    clock += 60_000
    await share(people.countyLead, { sectionId }, { frozen: false })
    clock += 60_000
    await run(people.countyLead, removeSection, { sectionId })
    const removed = clock
    clock += 60_000
    expect(await level(born - 1, 'Walt Weather')).toBe('not there')
    // Long before anybody was a member.
    expect(await level(Date.parse('2001-01-01T00:00:00Z'), 'Walt Weather')).toBe('not there')
    expect(await level(born, 'Walt Weather')).toBe('edit')
    expect(await level(frozen, 'Walt Weather')).toBe('read')
    expect(await level(removed - 1, 'Walt Weather')).toBe('edit')
    expect(await level(removed, 'Walt Weather')).toBe('not there')
    await expect(
      run(people.countyLead, whoCanSee, { on: { sectionId }, at: at(clock + 60_000) }),
    ).rejects.toMatchObject({ code: 'invalid' })
  })

  test('the difference between two moments names who lost and gained, by which event or date', async () => {
    const { people, world, documentId, orgs } = plan
    const sectionId = await world.section(documentId, orgs.county, { title: 'Compared' })
    await run(people.countyLead, reinstatePerson, { personId: people.countyReader.personId }).catch(() => {})
    clock += 60_000
    const from = new Date(clock).toISOString()
    clock += 60_000
    const until = new Date(clock + 90_500).toISOString()
    await share(
      people.countyLead,
      { sectionId },
      {
        boundary: [
          { subjectKind: 'org', subjectId: orgs.county, maxLevel: 'manage', until: null },
          { subjectKind: 'org', subjectId: orgs.weather, maxLevel: 'read', until },
        ],
      },
    )
    clock += 60_000
    await run(people.weatherSteward, getSharing, { on: { sectionId } })
    await share(
      people.countyLead,
      { sectionId },
      {
        grants: {
          add: [
            { subjectKind: 'person', subjectId: people.countyReader.personId, level: 'edit', until: null },
          ],
          end: [],
        },
      },
    )
    clock += 60_000
    const { gained, lost } = await run(people.countyLead, compareAccess, {
      on: { sectionId },
      from,
      until: null,
    })
    expect(
      gained.map(({ person, before, after, causes }) => [
        person.name,
        before,
        after,
        causes.map((one) => one.event?.words),
      ]),
    ).toEqual([
      ['Carl County', 'read', 'edit', ['let Carl County into this section (1 person gains a higher level)']],
    ])
    const walt = lost.find(({ person }) => person.name === 'Walt Weather')
    expect(walt).toMatchObject({ before: 'edit', after: 'none' })
    expect(walt?.causes.map(({ before, after, event }) => [before, after, event?.by ?? null])).toEqual([
      ['edit', 'read', 'Clara County'],
      ['read', 'none', null],
    ])
    expect(lost.some(({ person }) => person.name === 'Hanna Hospital')).toBe(true)
    // Somebody who does not rule over it learns only of themselves.
    const own = await run(people.weatherEditor, compareAccess, {
      on: { documentId },
      from,
      until: null,
    })
    expect([...own.gained, ...own.lost].filter(({ person }) => person.name !== 'Walt Weather')).toEqual([])
  })
})

interface Looked {
  at: string
  actor: { person: string }
  decision?: Pick<Decision, 'rule' | 'level' | 'rows'>
}
