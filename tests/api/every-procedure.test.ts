import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { appRouter } from '@/server/api/router'
import { PROCEDURES } from '@/tests/api/procedures'
import { EVERYONE } from '@/tests/api/procedures/who'
import { serve, takingBack } from '@/tests/api/served'
import { openPlan, type Plan } from '@/tests/operations/plan'

// At run time the router lists its procedures flat, by path; its type says otherwise.
const flat = appRouter._def.procedures as unknown as Record<string, { _def: { type: 'query' | 'mutation' } }>
const procedures = Object.entries(flat).map(([path, { _def }]) => ({ path, type: _def.type }))

let plan: Plan
let api: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  plan = await openPlan()
  api = await serve(plan, takingBack(plan.services))
})
afterAll(async () => {
  await api.close()
  await plan.services.close()
})

it('every procedure has a line in the table, and the table no other', () => {
  expect(procedures.length).toBeGreaterThan(45)
  expect(Object.keys(PROCEDURES).sort()).toEqual(procedures.map(({ path }) => path).sort())
})

describe.each(procedures)('$path', ({ path, type }) => {
  const { input = () => undefined, may } = PROCEDURES[path] ?? { may: [] }

  it('answers exactly whom it should', async () => {
    const given = await input(plan)
    const answered: string[] = []
    for (const who of EVERYONE) {
      const { status, body } = await api.call(who, path, type, given)
      if (status === 200) answered.push(who)
      expect([who, status, body]).toEqual([who, expect.any(Number), expect.not.stringContaining('"bug"')])
      if (who === 'signedOut' && !path.startsWith('entry.')) expect(status).toBe(401)
    }
    expect(answered).toEqual(EVERYONE.filter((who) => may.includes(who)))
  })

  it('refuses fields that nobody asked for', async () => {
    const given = await input(plan)
    const extra = { ...(typeof given === 'object' ? given : {}), orgRole: 'lead' }
    if (given === undefined) return
    const { status } = await api.call('countyLead', path, type, extra)
    expect(status).toBe(400)
  })
})
