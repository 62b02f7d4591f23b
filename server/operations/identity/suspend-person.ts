import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { people } from '@/server/db/schema/identity'
import { endSessions } from '@/server/identity/end-sessions'
import { lockOwnPeople, ownPerson, whyNotSuspend } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** At once: every session of the person ends and every socket closes. Memberships stay, and mean nothing meanwhile. */
export const suspendPerson: Operation<{ personId: Id }, void> = {
  event: 'person.suspended',
  own: true,
  async run(context, { personId }) {
    const { actor, services, tx } = context
    const all = await lockOwnPeople(tx, actor)
    const person = ownPerson(all, personId, actor)
    if (person.state === 'suspended')
      throw new DomainError('conflict', `${person.name} is suspended already.`)
    const why = whyNotSuspend(all, person, actor)
    if (why !== null) throw new DomainError('denied', why)
    await tx.orm.update(people).set({ state: 'suspended' }).where(eq(people.id, personId))
    const by = { personId: actor.personId, orgId: actor.orgId, sessionId: actor.sessionId }
    const ended = await endSessions(services, tx, { personId }, 'suspended', by)
    context.record({
      object: { targetId: personId },
      before: { state: 'active' },
      after: { state: 'suspended' },
      volume: { sessions: ended.length },
    })
    await context.changeAccess({ personId })
  },
}
