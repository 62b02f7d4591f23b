import { eq } from 'drizzle-orm'
import { DomainError } from '@/lib/errors'
import type { Id } from '@/lib/ids'
import { termsDrafts, termsVersions } from '@/server/db/schema/partnership'
import { workspaces } from '@/server/db/schema/workspace'
import type { Operation, OperationContext } from '@/server/operations/run-operation'
import { readParticipants } from '@/server/operations/shaping/agencies'
import {
  participationOf,
  readDraft,
  recordSignature,
  replaceParticipation,
} from '@/server/operations/terms/terms-rows'
import { authorizeHost } from '@/server/operations/workspaces/authorize-host'
import { notify } from '@/server/told/notify'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'

/**
 * Asks: to lead the host's people. The draft becomes the next version, and the host signs it in the same act. From the commit on
 * R4 holds out every other organisation until it has signed: their open sockets close.
 * @param hash of the draft that was read
 */
export const publishTerms: Operation<{ workspaceId: Id; hash: string }, { version: number }> = {
  event: 'terms.published',
  async run(context, { workspaceId, hash }) {
    const { tx, actor, at } = context
    const workspace = await authorizeHost(context, workspaceId)
    const draft = await readDraft(context, workspaceId)
    if (draft === null || draft.hash !== hash)
      throw new DomainError(
        'conflict',
        'The draft is not what you read any more. Look at it again, then publish.',
      )
    const { version, text, consentToInvite, onLeaving } = draft
    const terms = { workspaceId, version, hash, text, consentToInvite, onLeaving }
    await tx.orm.insert(termsVersions).values({ ...terms, publishedBy: actor.personId, publishedAt: at })
    await tx.orm.delete(termsDrafts).where(eq(termsDrafts.workspaceId, workspaceId))
    await tx.orm.update(workspaces).set({ termsVersion: version }).where(eq(workspaces.id, workspaceId))
    context.record({
      object: { workspaceId },
      details: { version, hash, consentToInvite, onLeaving },
      volume: { characters: text.length },
    })
    const own = await participationOf(context, workspaceId, actor.orgId)
    if (own === null) throw new Error('the host takes no part in its own workspace')
    await replaceParticipation(context, own, { signedTermsVersion: version })
    await recordSignature(context, terms, { orgId: actor.orgId, personId: actor.personId })
    await tellOthers(context, workspaceId, workspace.hostOrgId, version)
    await context.changeAccess({ workspaceId })
    return { version }
  },
}

const tellOthers = async (context: OperationContext, workspaceId: Id, hostOrgId: Id, version: number) => {
  const { tx, at, actor } = context
  for (const { agency } of await readParticipants(tx, workspaceId, hostOrgId, at)) {
    if (agency.id === hostOrgId) continue
    const leads = await membersToTell(tx, { workspaceId, orgId: agency.id, roles: ['lead'], at })
    const ids = [...leads, ...(await administratorsToTell(tx, agency.id))]
    await notify(tx, ids, {
      kind: 'terms.published',
      workspaceId,
      byPersonId: actor.personId,
      details: { version },
    })
  }
}
