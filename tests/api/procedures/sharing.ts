import type { SharingChange } from '@/lib/views/sharing'
import { runOperation } from '@/server/operations/run-operation'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { HOST, inOpen, type ProcedureCase, READERS } from '@/tests/api/procedures/who'
import type { Plan } from '@/tests/operations/plan'

const narrowing = ({ orgs }: Plan): SharingChange => ({
  boundary: [{ subjectKind: 'org', subjectId: orgs.county, maxLevel: 'manage', until: null }],
})

export const SHARING: Record<string, ProcedureCase> = {
  'sharing.get': { may: READERS, input: (plan) => ({ on: inOpen(plan) }) },
  'sharing.recall': { may: HOST, input: (plan) => ({ on: inOpen(plan) }) },
  'sharing.preview': { may: READERS, input: (plan) => ({ on: inOpen(plan), change: narrowing(plan) }) },
  'sharing.change': {
    may: HOST,
    input: async (plan) => {
      const change = { on: inOpen(plan), change: narrowing(plan) }
      const { hash } = await runOperation(plan.services, plan.people.countyLead, previewSharing, change)
      return { ...change, hash }
    },
  },
}
