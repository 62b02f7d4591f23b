import type { SharingChange } from '@/lib/views/sharing'
import { runOperation } from '@/server/operations/run-operation'
import { changeSharing } from '@/server/operations/sharing/change-sharing'
import { getSharing } from '@/server/operations/sharing/get-sharing'
import { previewSharing } from '@/server/operations/sharing/preview-sharing'
import { recallSharing } from '@/server/operations/sharing/recall-sharing'
import { type OperationCase, of, otherLead, stranger } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const narrowing = (plan: Plan): { on: { sectionId: string }; change: SharingChange } => ({
  on: { sectionId: plan.sections.open },
  change: {
    boundary: [{ subjectKind: 'org', subjectId: plan.orgs.county, maxLevel: 'manage', until: null }],
  },
})

/** With the hash that the originator's lead would confirm. */
const confirmed = async (plan: Plan) => {
  const input = narrowing(plan)
  const { hash } = await runOperation(plan.services, plan.people.countyLead, previewSharing, input)
  return { ...input, hash }
}

export const SHARING: readonly OperationCase[] = [
  of(
    'sharing/get-sharing',
    getSharing,
    ({ sections }) => ({ on: { sectionId: sections.shared } }),
    'countyReader',
    {
      who: 'hospitalLead',
      code: 'hidden',
      rule: 'R5',
    },
  ),
  of('sharing/preview-sharing', previewSharing, narrowing, 'hospitalEditor', stranger),
  of(
    'sharing/recall-sharing',
    recallSharing,
    ({ sections }) => ({ on: { sectionId: sections.open } }),
    'countyLead',
    otherLead,
  ),
  of('sharing/change-sharing', changeSharing, confirmed, 'countyLead', otherLead),
]
