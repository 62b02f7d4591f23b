import { newId } from '@/lib/ids'
import { erasePerson } from '@/server/operations/erasure/erase-person'
import { listErasable } from '@/server/operations/erasure/list-erasable'
import { liftHold } from '@/server/operations/holds/lift-hold'
import { listHolds } from '@/server/operations/holds/list-holds'
import { placeHoldHere } from '@/server/operations/holds/place-hold-here'
import { placeOwnHold } from '@/server/operations/holds/place-own-hold'
import { type OperationCase, of, reader } from '@/tests/operations/operation-case'
import type { Plan } from '@/tests/operations/plan'

const reason = 'A court asks for it.'
const notAdministrator = { who: 'countyReader', code: 'denied' } as const
const otherAgency = { who: 'hospitalLead', code: 'missing' } as const

/** Of County's administrators, on nobody who matters to other cases; somebody else has asked to lift it. */
export const aHold = async ({ world, orgs, newcomerId }: Plan) =>
  world.insert('legal_holds', {
    kind: 'person',
    subject_id: newId(),
    org_id: orgs.county,
    reason,
    placed_by: newcomerId,
    placed_at: new Date(),
    lift_asked_by: newcomerId,
    lift_asked_at: new Date(),
  })

export const ERASURE: OperationCase[] = [
  of('erasure/list-erasable', listErasable, () => undefined, 'countyLead', notAdministrator),
  of(
    'erasure/erase-person',
    erasePerson,
    async ({ world, orgs }) => ({
      personId: await world.person(orgs.county, { name: 'Gone County', state: 'suspended' }),
      name: 'Gone County',
    }),
    'countyLead',
    otherAgency,
  ),
  of('holds/list-holds', listHolds, ({ workspaceId }) => ({ workspaceId }), 'auditor', reader),
  of(
    'holds/place-hold-here',
    placeHoldHere,
    ({ workspaceId, people }) => ({
      workspaceId,
      personId: people.weatherEditor.personId,
      orgId: null,
      reason,
    }),
    'auditor',
    reader,
  ),
  of(
    'holds/place-own-hold',
    placeOwnHold,
    ({ newcomerId }) => ({ personId: newcomerId, reason }),
    'countyLead',
    notAdministrator,
  ),
  of('holds/lift-hold', liftHold, async (plan) => ({ holdId: await aHold(plan) }), 'countyLead', otherAgency),
]
