import type { Id } from '@/lib/ids'
import { issueLink } from '@/server/identity/one-time-links'
import { insertPerson, requireEmail, requireName } from '@/server/operations/identity/new-person'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

interface Input {
  name: string
  email: string
  administrator?: boolean | undefined
}

/** Adds a person to the administrator's own organisation. `link` sets the first password: 72 h, once. */
export const createPerson: Operation<Input, { personId: Id; link: string }> = {
  event: 'person.created',
  own: true,
  async run(context, input) {
    const { actor, at, tx } = context
    requireAdministrator(actor)
    const name = requireName(input.name, 'The name')
    const email = requireEmail(input.email)
    const isAdministrator = input.administrator === true
    const person = { orgId: actor.orgId, name, email, isAdministrator, isOperator: false, passwordHash: null }
    const personId = await insertPerson(tx, person, at)
    const link = await issueLink(tx, { kind: 'password', personId, createdBy: actor.personId }, at)
    context.record({
      object: { targetId: personId },
      after: { orgId: actor.orgId, administrator: isAdministrator },
      clear: { name, email },
    })
    return { personId, link }
  },
}
