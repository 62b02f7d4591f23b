import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import type { Services } from '@/server/services'
import { CASES } from '@/tests/operations/cases'
import { openPlan } from '@/tests/operations/plan'

/** One canonical record of each type that came about. */
export type Examples = Map<EventType, string>

/**
 * Records that really came about, one per type: every operation, done by who may. Allowed ones and those with most members
 * first, because they say most.
 */
export const harvest = async (): Promise<Examples> => {
  const found: Examples = new Map()
  const plan = await openPlan()
  for (const { allowed, prepare } of CASES) {
    const run = await prepare(plan)
    await run(plan.services, allowed === 'stranger' ? plan.stranger : plan.people[allowed])
  }
  await take(plan.services, found)
  await plan.services.close()
  return found
}

const take = async ({ db }: Pick<Services, 'db'>, found: Examples): Promise<void> => {
  const { rows } = await db.query<{ type: EventType; canonical: string }>(
    `select distinct on (type) type, canonical from audit_inbox
     order by type, (outcome = 'allowed') desc, length(canonical) desc`,
  )
  for (const { type, canonical } of rows) if (type in EVENTS && !found.has(type)) found.set(type, canonical)
}
