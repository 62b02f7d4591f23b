import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { issueLink } from '@/server/identity/one-time-links'
import { lockOwnPeople, ownPerson } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** For who lost the link or the password. The old password works until the new one is set; earlier links close. */
export const issuePasswordLink: Operation<{ personId: Id }, { link: string }> = {
  event: 'person.link_issued',
  own: true,
  async run(context, { personId }) {
    const { actor, at, tx } = context
    const person = ownPerson(await lockOwnPeople(tx, actor), personId, actor)
    if (person.state !== 'active')
      throw new DomainError('conflict', `${person.name} is suspended. Reinstate ${person.name} first.`)
    const link = await issueLink(tx, { kind: 'password', personId, createdBy: actor.personId }, at)
    context.record({ object: { targetId: personId } })
    return { link }
  },
}
