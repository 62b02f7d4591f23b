import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import { readDomain } from '@/lib/mail-address'
import { organisationDomains } from '@/server/db/schema/organisation'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** Addresses of this domain, and of exactly this one, belong to the administrator's organisation. */
export const addDomain: Operation<{ domain: string }, { domainId: Id }> = {
  event: 'domain.added',
  own: true,
  async run(context, { domain: typed }) {
    const { tx, actor, at } = context
    requireAdministrator(actor)
    const read = readDomain(typed)
    if (read.problem !== null) throw new DomainError('invalid', read.problem)
    const { domain } = read
    const domainId = newId()
    const [added] = await tx.orm
      .insert(organisationDomains)
      .values({ id: domainId, orgId: actor.orgId, domain, addedBy: actor.personId, at })
      .onConflictDoNothing()
      .returning({ id: organisationDomains.id })
    if (added === undefined)
      throw new DomainError(
        'conflict',
        `${domain} belongs to an organisation here already. A domain belongs to one. If it is yours, ask an operator of this instance.`,
      )
    context.record({ object: { targetId: domainId }, after: { orgId: actor.orgId, domain } })
    return { domainId }
  },
}
