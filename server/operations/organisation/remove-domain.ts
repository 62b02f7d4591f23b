import { and, eq } from 'drizzle-orm'
import { DomainError, NOT_FOUND_FOR_PEOPLE } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { organisationDomains } from '@/server/db/schema/organisation'
import { requireAdministrator } from '@/server/operations/identity/require-standing'
import type { Operation } from '@/server/operations/run-operation'

/** Accounts and pending invitations stay; new addresses of it need an administrator's word from now on. */
export const removeDomain: Operation<{ domainId: Id }, void> = {
  event: 'domain.removed',
  own: true,
  async run(context, { domainId }) {
    const { tx, actor } = context
    requireAdministrator(actor)
    const [removed] = await tx.orm
      .delete(organisationDomains)
      .where(and(eq(organisationDomains.id, domainId), eq(organisationDomains.orgId, actor.orgId)))
      .returning({ domain: organisationDomains.domain })
    if (removed === undefined) throw new DomainError('missing', NOT_FOUND_FOR_PEOPLE)
    context.record({
      object: { targetId: domainId },
      before: { orgId: actor.orgId, domain: removed.domain },
    })
  },
}
