import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { settleConsents } from '@/server/operations/offers/settle-consents'
import type { Operation } from '@/server/operations/run-operation'
import { currentTerms, recordSignature, replaceParticipation } from '@/server/operations/terms/terms-rows'
import { termsStanding } from '@/server/operations/terms/terms-standing'
import { notify } from '@/server/told/notify'
import { membersToTell } from '@/server/told/people-to-tell'

/**
 * A lead of the actor's own organisation, or one of its administrators, signs the terms in force for it: who, when, which
 * version. Its people may come in again at once.
 * @param hash of the version that was read
 */
export const signTerms: Operation<{ workspaceId: Id; version: number; hash: string }, void> = {
  event: 'terms.signed',
  own: true,
  async run(context, { workspaceId, version, hash }) {
    const { tx, actor, at } = context
    const { workspace, participation, speaks } = await termsStanding(context, workspaceId, true)
    if (!speaks)
      throw new DomainError('denied', `Only leads and administrators of ${actor.orgName} sign for it.`, {
        ask: `a lead of ${actor.orgName}`,
      })
    const terms = await currentTerms(context, workspaceId)
    if (terms === null || terms.version !== version || terms.hash !== hash)
      throw new DomainError(
        'conflict',
        'These terms are not in force any more. Read the new ones, then sign.',
      )
    if (participation.signedTermsVersion >= version)
      throw new DomainError('conflict', `${actor.orgName} has signed these terms already.`)
    await replaceParticipation(context, participation, { signedTermsVersion: version })
    await recordSignature(context, terms, { orgId: actor.orgId, personId: actor.personId })
    const hosts = await membersToTell(tx, { workspaceId, orgId: workspace.hostOrgId, roles: ['lead'], at })
    await notify(tx, hosts, {
      kind: 'terms.signed',
      workspaceId,
      targetId: actor.orgId,
      byPersonId: actor.personId,
      details: { version },
    })
    // Under the new ones nobody's consent may be asked for any more.
    await settleConsents(context, workspace)
    await context.changeAccess({ workspaceId, orgId: actor.orgId })
  },
}
