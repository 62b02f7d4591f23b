import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { lockOwnPeople, ownPerson } from '@/server/operations/identity/require-standing'
import { setAdministrator } from '@/server/operations/organisation/set-administrator'
import type { Operation } from '@/server/operations/run-operation'

/** Makes an active person of one's own organisation an administrator of it. It opens no workspace to them. */
export const makeAdministrator: Operation<{ personId: Id }, void> = {
  event: 'person.made_administrator',
  own: true,
  async run(context, { personId }) {
    const person = ownPerson(await lockOwnPeople(context.tx, context.actor), personId, context.actor)
    if (person.state !== 'active')
      throw new DomainError('conflict', `${person.name} is suspended. Reinstate ${person.name} first.`)
    if (person.isAdministrator)
      throw new DomainError('conflict', `${person.name} is an administrator already.`)
    await setAdministrator(context, person, true)
  },
}
