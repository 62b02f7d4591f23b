import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { markEnded } from '@/server/identity/end-sessions'
import type { Operation } from '@/server/operations/run-operation'

/** Signs out one of my own sessions, on this device or another. */
export const endMySession: Operation<{ sessionId: Id }, void> = {
  event: 'session.ended',
  own: true,
  async run(context, { sessionId }) {
    const { actor, at, tx } = context
    const reason = sessionId === actor.sessionId ? 'signed_out' : 'signed_out_elsewhere'
    const [ended] = await markEnded(tx, { sessionId, personId: actor.personId }, reason, at)
    if (ended === undefined) throw new DomainError('missing', 'This session has ended already.')
    context.record({ object: { targetId: sessionId }, details: { reason } })
    await context.changeAccess({ personId: actor.personId, sessionId })
  },
}
