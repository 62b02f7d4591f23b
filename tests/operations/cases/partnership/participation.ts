import { changeParticipation } from '@/server/operations/participation/change-participation'
import { leaveWorkspace } from '@/server/operations/participation/leave-workspace'
import { listHeldOut } from '@/server/operations/participation/list-held-out'
import { previewEnd } from '@/server/operations/participation/preview-end'
import { resumeParticipation } from '@/server/operations/participation/resume-participation'
import { suspendParticipation } from '@/server/operations/participation/suspend-participation'
import { runOperation } from '@/server/operations/run-operation'
import { type OperationCase, of } from '@/tests/operations/operation-case'
import { freshPartnership } from '@/tests/operations/partnership/fresh-partnership'
import type { Plan } from '@/tests/operations/plan'

export const NARROWER = { ceiling: 'read', mayExport: false, until: null, message: '' } as const

/** A fresh workspace of County's in which Hospital takes part. */
export const hospitalIn = async (plan: Plan) => ({
  ...(await freshPartnership(plan)),
  orgId: plan.orgs.hospital,
})

export const suspendedByHost = async (plan: Plan) => {
  const part = await hospitalIn(plan)
  const input = { ...part, confirm: true } as const
  await runOperation(plan.services, plan.people.countyLead, suspendParticipation, input)
  return part
}

const notHost = { who: 'weatherSteward', code: 'denied', rule: 'R7' } as const
const notLead = { who: 'hospitalEditor', code: 'denied' } as const

export const PARTICIPATION: readonly OperationCase[] = [
  of('participation/list-held-out', listHeldOut, () => undefined, 'guest', null),
  of(
    'participation/change-participation',
    changeParticipation,
    async (plan) => ({ ...(await hospitalIn(plan)), ...NARROWER }),
    'countyLead',
    notHost,
  ),
  of(
    'participation/suspend-participation',
    suspendParticipation,
    async (plan) => ({ ...(await hospitalIn(plan)), confirm: true as const }),
    'countyLead',
    notHost,
  ),
  of('participation/resume-participation', resumeParticipation, suspendedByHost, 'countyLead', {
    who: 'hospitalLead',
    code: 'denied',
  }),
  of('participation/preview-end', previewEnd, hospitalIn, 'countyLead', notHost),
  of(
    'participation/leave-workspace',
    leaveWorkspace,
    async (plan) => ({
      ...(await freshPartnership(plan)),
      sections: 'withdraw' as const,
      confirm: true as const,
    }),
    'hospitalLead',
    notLead,
  ),
]
