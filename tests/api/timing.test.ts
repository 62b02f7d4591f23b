import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { serve, takingBack } from '@/tests/api/served'
import { openPlan, type Plan } from '@/tests/operations/plan'

/** Of each kind of id, in turns that begin with another one each time: what the machine does meanwhile meets all alike. */
const SAMPLES = 60
const WARM_UP = 10
/** Of what the faster half took, in one run. A query more or less, or a text that is loaded and thrown away, is far beyond it. */
const ALIKE = 1.5

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

/** The median of the faster half: the slower one tells what else the machine did. */
const typical = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)] as number

it.each([
  ['documents.get', 'query', 'documentId', {}],
  ['documents.rename', 'mutation', 'documentId', { title: 'Other' }],
  ['sections.rename', 'mutation', 'sectionId', { title: 'Other' }],
  ['sections.freeze', 'mutation', 'sectionId', {}],
  ['members.get', 'query', 'workspaceId', {}],
] as const)(
  '[R0] %s takes as long for what is hidden as for what is not there',
  async (path, type, field, more) => {
    const { elsewhere, sections } = plan
    const foreign = {
      documentId: elsewhere.documentId,
      sectionId: elsewhere.sectionId,
      workspaceId: elsewhere.workspaceId,
    }
    const ids: Record<string, () => string> = {
      random: newId,
      foreign: () => foreign[field],
      ...(field === 'sectionId' ? { hidden: () => sections.closed } : {}),
    }
    const took: Record<string, number[]> = Object.fromEntries(Object.keys(ids).map((kind) => [kind, []]))
    const kinds = Object.entries(ids)
    for (let i = -WARM_UP; i < SAMPLES; i++) {
      kinds.push(kinds.shift() as (typeof kinds)[number])
      for (const [kind, id] of kinds) {
        const began = performance.now()
        const { status } = await api.call('countyReader', path, type, { [field]: id(), ...more })
        if (i >= 0) took[kind]?.push(performance.now() - began)
        expect(status).toBe(404)
      }
    }
    const all = Object.values(took).map(typical)
    expect(Math.max(...all) / Math.min(...all), JSON.stringify(all)).toBeLessThan(ALIKE)
  },
)
