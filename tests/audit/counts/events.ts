import fc from 'fast-check'
import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { EventDraft } from '@/lib/audit/event'
import { createRecorder } from '@/server/audit/append'
import type { Database } from '@/server/db/client'
import { testPersonKeys } from '@/tests/support/database'
import type { threeAgencies } from '@/tests/support/three-agencies'

type Base = Awaited<ReturnType<typeof threeAgencies>>

export interface Happened {
  draft: EventDraft
  at: Date
}

/** The first days of March 2026: a Sunday, so that hours, days and weeks all have borders in them. */
export const START = Date.parse('2026-03-01T00:00:00Z')
const DAY = 86_400_000

/** Anything by anybody on anything here, at any moment of ten days; also by nobody, and elsewhere. */
export const randomEvents = (
  { workspaceId, documentId, sections, people, orgs }: Base,
  otherWorkspace: string,
) => {
  const actor = fc.oneof(
    fc
      .constantFrom(...Object.values(people))
      .map(({ personId, orgId, sessionId }) => ({ personId, orgId, sessionId })),
    fc.constant({ personId: null, orgId: null, sessionId: null }),
    fc.constant({ personId: people.countyLead.personId, orgId: orgs.weather, sessionId: null }),
  )
  const object = fc.oneof(
    fc.constant({ workspaceId }),
    fc.constant({ workspaceId, documentId }),
    fc.constantFrom(...Object.values(sections)).map((sectionId) => ({ workspaceId, documentId, sectionId })),
    fc.constant({ workspaceId: otherWorkspace }),
    fc.constant({}),
  )
  const happened = fc.record({
    draft: fc.record({
      type: fc.constantFrom(...(Object.keys(EVENTS) as EventType[])),
      outcome: fc.constantFrom('allowed', 'allowed', 'allowed', 'denied', 'failed'),
      actor,
      object,
    }),
    at: fc.integer({ min: 0, max: 10 * DAY - 1 }).map((after) => new Date(START + after)),
  })
  return fc.array(happened, { minLength: 200, maxLength: 400, size: 'max' }) as fc.Arbitrary<Happened[]>
}

/** Puts them on record as if at their own moments, by the real recorder. */
export const happen = async (db: Database, node: string, events: readonly Happened[]): Promise<void> => {
  let now = new Date()
  const recorder = createRecorder({ node, keys: testPersonKeys(), now: () => now })
  await db.transaction(async (tx) => {
    for (const { draft, at } of events) {
      now = at
      recorder.append(tx, draft)
    }
  })
}
