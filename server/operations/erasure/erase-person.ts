import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { endSessions } from '@/server/identity/end-sessions'
import { eraseElsewhere } from '@/server/operations/erasure/erase-elsewhere'
import { assertNotHeld, holdsOnPeople, lockHolds } from '@/server/operations/holds/holds-in-force'
import { lockOwnPeople, ownPerson, type PersonRow } from '@/server/operations/identity/require-standing'
import { assertConfirmed } from '@/server/operations/releases/assert-confirmed'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { notify } from '@/server/told/notify'
import { auditorsToTell } from '@/server/told/people-to-tell'

interface Input {
  personId: Id
  /** The person's name, typed by whoever erases. */
  name: string
}

/**
 * For administrators of the person's own organisation, once the person is suspended: destroys for ever what names them, in the record
 * and beside it. One administrator is enough, because nothing that was done is lost, only whose name it has: every event stays
 * under the person's id and verifies. What keeps it honest: a fresh proof, the typed name, legal holds, and the auditors of every
 * workspace the person belonged to, who are told and may not be the administrator's people.
 */
export const erasePerson: Operation<Input, void> = {
  event: 'person.erased',
  own: true,
  async run(context, { personId, name }) {
    const { actor, services, tx, at } = context
    const person = ownPerson(await lockOwnPeople(tx, actor), personId, actor)
    assertErasable(person, actor.personId)
    await assertConfirmed(context)
    await lockHolds(tx)
    assertNotHeld((await holdsOnPeople(tx, [personId])).get(personId))
    if (name.normalize('NFC').trim() !== person.name)
      throw new DomainError('invalid', `Type the name exactly as it stands there: ${person.name}.`)
    const by = { personId: actor.personId, orgId: actor.orgId, sessionId: actor.sessionId }
    await endSessions(services, tx, { personId }, 'suspended', by)
    const workspaceIds = await workspacesOf(context, personId)
    const owners = await eraseElsewhere(tx, { id: personId, email: person.email, by: actor.personId }, at)
    const keys = await services.personKeys.destroy(tx, owners, 'erased', at)
    for (const workspaceId of workspaceIds) {
      context.record({ object: { workspaceId, targetId: personId } })
      await notify(tx, await auditorsToTell(tx, workspaceId, at), {
        kind: 'person.erased',
        workspaceId,
        targetId: personId,
        byPersonId: actor.personId,
      })
    }
    context.record({ object: { targetId: personId }, volume: { keys } })
    await context.changeAccess({ personId })
  },
}

const assertErasable = (person: PersonRow, me: Id): void => {
  if (person.id === me)
    throw new DomainError('denied', 'You cannot erase yourself.', {
      ask: 'another administrator of your organisation',
    })
  if (person.erasedAt !== null) throw new DomainError('conflict', 'This person is erased already.')
  if (person.state === 'active')
    throw new DomainError('conflict', `${person.name} can still sign in. Suspend ${person.name} first.`)
}

/** Every workspace that they ever belonged to. */
const workspacesOf = async ({ tx }: OperationContext, personId: Id): Promise<Id[]> => {
  const { rows } = await tx.query<{ id: Id }>(
    'select distinct workspace_id as id from memberships where person_id = $1 order by 1',
    [personId],
  )
  return rows.map(({ id }) => id)
}
