import { endSessions } from '@/server/identity/end-sessions'
import type { Operation } from '@/server/operations/run-operation'

/** Signs out all my sessions but this one. @returns how many there were */
export const endMyOtherSessions: Operation<void, { ended: number }> = {
  event: 'session.others_ended',
  own: true,
  async run(context) {
    const { actor, services, tx } = context
    const { personId, orgId, sessionId } = actor
    const others = { personId, except: sessionId }
    const ended = await endSessions(services, tx, others, 'signed_out_elsewhere', {
      personId,
      orgId,
      sessionId,
    })
    context.record({ object: { targetId: personId }, volume: { sessions: ended.length } })
    return { ended: ended.length }
  },
}
