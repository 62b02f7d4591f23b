import type { EventType } from '@/lib/audit/catalogue'
import type { EventDraft, EventObject } from '@/lib/audit/event'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import type { Decision, Request } from '@/lib/policy/facts'
import type { Tx } from '@/server/db/client'
import type { Actor } from '@/server/identity/actor'
import { recordDenial } from '@/server/operations/record-denial'
import { reportBug } from '@/server/operations/report-bug'
import { viewsOf } from '@/server/operations/view-memory'
import type { AccessScope } from '@/server/policy/access-scope'
import { type Authorized, authorize, type ObjectRef } from '@/server/policy/authorize'
import { decisionOnRecord } from '@/server/policy/on-record/asked'
import type { Hypothesis } from '@/server/policy/who-can'
import type { Services } from '@/server/services'

/** What an operation says about its event; actor, outcome, decision, source and correlation are filled in. */
export type OperationEvent = Omit<EventDraft, 'actor' | 'outcome' | 'type'> & { type?: EventType }

export interface OperationContext {
  tx: Tx
  actor: Actor
  at: Date
  services: Services
  /** Throws `Refusal`; the decision is attached to the next `record`. */
  authorize(ref: ObjectRef, request: Request, hypothesis?: Hypothesis): Promise<Authorized>
  /** The event of this operation; actor, decision and correlation are filled in. */
  record(draft: OperationEvent): Id
  /**
   * For reads that pages repeat: on record unless this session saw exactly the same within the last ten minutes.
   * `seen` is what the person is shown, by id and level: any change of it is a new event.
   */
  recordView(draft: OperationEvent, seen: unknown): void
  changeAccess(scope: AccessScope): Promise<void>
}

/**
 * One thing a person can do. It runs in one transaction; it must authorize before it reads or writes content and
 * record before it returns. A refusal rolls back and is then put on record as `denied` under the same event type.
 */
export interface Operation<In, Out> {
  event: EventType
  /**
   * The operation is about what is the actor's own (their list, their star) or about their standing in their own
   * organisation, so there is no object of a workspace to authorize. It must still filter by the actor.
   */
  own?: true
  run(context: OperationContext, input: In): Promise<Out>
}

/** How far one attempt got: the denial's record tells about it. */
interface Progress {
  object: EventObject
  decision: Decision | null
  recorded: boolean
}

/**
 * Runs an operation in one transaction and sees to it that it authorized and is on record.
 * Throws the operation's DomainError (already on record as `denied`), or a `Bug` with the id that stands in the log.
 */
export const runOperation = async <In, Out>(
  services: Services,
  actor: Actor,
  operation: Operation<In, Out>,
  input: In,
): Promise<Out> => {
  let progress: Progress = { object: {}, decision: null, recorded: false }
  try {
    return await services.db.transaction(async (tx) => {
      // A retried transaction starts from nothing: what the failed attempt noted does not count.
      progress = { object: {}, decision: null, recorded: false }
      const out = await operation.run(contextOf(services, actor, operation.event, tx, progress), input)
      if (progress.decision === null && operation.own !== true)
        throw new Error(`${operation.event}: the operation did not authorize`)
      if (!progress.recorded) throw new Error(`${operation.event}: the operation did not record`)
      return out
    })
  } catch (error) {
    if (!(error instanceof DomainError)) throw reportBug(services, actor, operation.event, error)
    await recordDenial(services, actor, operation.event, error, progress)
    throw error
  }
}

const contextOf = (
  services: Services,
  actor: Actor,
  event: EventType,
  tx: Tx,
  progress: Progress,
): OperationContext => {
  const at = services.now()
  const record = (draft: OperationEvent): Id => {
    const { decision } = progress
    const id = services.recorder.append(tx, {
      type: event,
      ...(decision === null ? {} : { decision: decisionOnRecord(decision) }),
      correlation: actor.source.requestId,
      ...draft,
      outcome: 'allowed',
      actor: { personId: actor.personId, orgId: actor.orgId, sessionId: actor.sessionId },
      clear: { address: actor.source.address, ...draft.clear },
    })
    progress.recorded = true
    return id
  }
  return {
    tx,
    actor,
    at,
    services,
    async authorize(ref, request, hypothesis) {
      const authorized = await authorize(tx, actor, ref, request, at.getTime(), hypothesis)
      progress.decision = authorized.decision
      progress.object = objectOf(authorized)
      return authorized
    },
    record,
    recordView(draft, seen) {
      const views = viewsOf(services)
      const view = views.describe(actor.sessionId, draft.type ?? event, draft.object, seen)
      if (views.isFresh(view, at)) progress.recorded = true
      else {
        record(draft)
        tx.afterCommit(() => views.remember(view, at))
      }
    },
    changeAccess: (scope) => services.accessChanges.publish(tx, scope),
  }
}

/** The ids of what was authorized, as an event names them. */
const objectOf = (authorized: Authorized): EventObject => ({
  workspaceId: authorized.workspaceId,
  ...(authorized.documentId === null ? {} : { documentId: authorized.documentId }),
  ...(authorized.sectionId === null ? {} : { sectionId: authorized.sectionId }),
})
