import type { EventType } from '@/lib/audit/catalogue'
import type { EventObject } from '@/lib/audit/event'
import type { DomainError } from '@/lib/errors'
import type { Decision } from '@/lib/policy/facts'
import type { Actor } from '@/server/identity/actor'
import { reportBug } from '@/server/operations/report-bug'
import { Refusal } from '@/server/policy/authorize'
import { decisionOnRecord } from '@/server/policy/on-record/asked'
import type { Services } from '@/server/services'

/**
 * Puts a refusal on record after its transaction was rolled back. If that cannot be done, the person gets a bug's
 * sentence instead of the refusal: what is not on record is not answered.
 */
export const recordDenial = async (
  services: Services,
  actor: Actor,
  type: EventType,
  error: DomainError,
  reached: { object: EventObject; decision: Decision | null },
): Promise<void> => {
  const decision = error instanceof Refusal ? error.decision : reached.decision
  const object: EventObject = error instanceof Refusal ? objectOfRefusal(error) : reached.object
  try {
    await services.db.transaction(async (tx) => {
      services.recorder.append(tx, {
        type,
        outcome: 'denied',
        actor: { personId: actor.personId, orgId: actor.orgId, sessionId: actor.sessionId },
        object,
        ...(decision === null ? {} : { decision: decisionOnRecord(decision) }),
        correlation: actor.source.requestId,
        details: { code: error.code },
        clear: { address: actor.source.address },
      })
    })
  } catch (cause) {
    throw reportBug(services, actor, `${type}: recording a denial`, cause)
  }
}

/**
 * An id that is no workspace's must not look like one in the record: each workspace has a tree of its own, and
 * guessing ids would plant trees.
 */
const objectOfRefusal = ({ decision, object }: Refusal): EventObject => {
  const { workspaceId, documentId, sectionId } = object
  const isNowhere = decision.rule === 'R0' && documentId === undefined && sectionId === undefined
  return isNowhere && workspaceId !== undefined ? { targetId: workspaceId } : object
}
