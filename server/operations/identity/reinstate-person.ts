import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { people } from '@/server/db/schema/identity'
import { lockOwnPeople, ownPerson } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** The person may sign in again, with the password and the memberships that are still in force. */
export const reinstatePerson: Operation<{ personId: Id }, void> = {
  event: 'person.reinstated',
  own: true,
  async run(context, { personId }) {
    const { actor, tx } = context
    const person = ownPerson(await lockOwnPeople(tx, actor), personId, actor)
    if (person.erasedAt !== null)
      throw new DomainError('conflict', 'This person is erased: nobody knows any more who it was.')
    if (person.state === 'active') throw new DomainError('conflict', `${person.name} is not suspended.`)
    await tx.orm.update(people).set({ state: 'active' }).where(eq(people.id, personId))
    context.record({
      object: { targetId: personId },
      before: { state: 'suspended' },
      after: { state: 'active' },
    })
    await context.changeAccess({ personId })
  },
}
