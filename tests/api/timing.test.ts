import { afterAll, beforeAll, expect, it } from 'vitest'
import { newId } from '@/lib/ids'
import { serve, takingBack } from '@/tests/api/served'
import { openPlan, type Plan } from '@/tests/operations/plan'

/** Of each kind of id, in turns: whatever the machine does meanwhile meets all of them alike. */
const SAMPLES = 40
const WARM_UP = 10
/** Medians in one run. A query more or less, or a text that is loaded and thrown away, is far beyond it. */
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

const median = (values: number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number

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
    for (let i = -WARM_UP; i < SAMPLES; i++)
      for (const [kind, id] of Object.entries(ids)) {
        const began = performance.now()
        const { status } = await api.call('countyReader', path, type, { [field]: id(), ...more })
        if (i >= 0) took[kind]?.push(performance.now() - began)
        expect(status).toBe(404)
      }
    const medians = Object.values(took).map(median)
    expect(Math.max(...medians) / Math.min(...medians), JSON.stringify(medians)).toBeLessThan(ALIKE)
  },
)
