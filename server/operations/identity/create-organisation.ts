import type { Id } from '@/lib/ids'
import { issueLink } from '@/server/identity/one-time-links'
import { insertOrganisation, type OrganisationInput } from '@/server/operations/identity/new-organisation'
import { insertPerson, requireEmail, requireName } from '@/server/operations/identity/new-person'
import { requireOperator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

interface Input extends OrganisationInput {
  adminName: string
  adminEmail: string
}

/** A further organisation with its first administrator. `link` sets that person's password: 72 h, once. */
export const createOrganisation: Operation<Input, { organisationId: Id; link: string }> = {
  event: 'organisation.created',
  own: true,
  async run(context, input) {
    const { actor, at, tx } = context
    requireOperator(actor)
    const name = requireName(input.adminName, 'The name of the administrator')
    const email = requireEmail(input.adminEmail)
    const org = await insertOrganisation(tx, input, at)
    const person = {
      orgId: org.id,
      name,
      email,
      isAdministrator: true,
      isOperator: false,
      passwordHash: null,
    }
    const personId = await insertPerson(tx, person, at)
    const link = await issueLink(tx, { kind: 'password', personId, createdBy: actor.personId }, at)
    context.record({ object: { targetId: org.id }, after: { name: org.name, shortCode: org.shortCode } })
    context.record({
      type: 'person.created',
      object: { targetId: personId },
      after: { orgId: org.id, administrator: true },
      clear: { name, email },
    })
    return { organisationId: org.id, link }
  },
}
