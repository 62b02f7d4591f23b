import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { lockOwnPeople, ownPerson } from '@/server/operations/identity/require-standing'
import { setAdministrator } from '@/server/operations/organisation/set-administrator'
import type { Operation } from '@/server/operations/run-operation'

/** Also one's own. An organisation keeps at least one active administrator. */
export const unmakeAdministrator: Operation<{ personId: Id }, void> = {
  event: 'person.unmade_administrator',
  own: true,
  async run(context, { personId }) {
    const all = await lockOwnPeople(context.tx, context.actor)
    const person = ownPerson(all, personId, context.actor)
    if (!person.isAdministrator) throw new DomainError('conflict', `${person.name} is no administrator.`)
    const others = [...all.values()].filter(
      (one) => one.isAdministrator && one.state === 'active' && one.id !== personId,
    )
    if (others.length === 0)
      throw new DomainError(
        'conflict',
        `${person.name} is the last administrator of ${context.actor.orgName}. Name another one first.`,
      )
    await setAdministrator(context, person, false)
  },
}
