import { newId } from '@/lib/ids'
import { hashOfTerms } from '@/lib/terms'
import { participationOffers, termsSignatures, termsVersions } from '@/server/db/schema/partnership'
import { PEOPLE, type PersonKey } from '@/server/demonstration/people'
import { TERMS_TEXT } from '@/server/demonstration/text/terms'
import type { World } from '@/server/demonstration/write-world'

/** Who has signed for which agency. */
const SIGNERS: readonly PersonKey[] = ['mara', 'ines', 'amara', 'ruth']
const DAY = 86_400_000

/** The terms that all have signed, and an invitation that nobody has answered yet. */
export const writePartnership = async (world: World): Promise<void> => {
  const { tx, at, workspaceId, people, orgs, record } = world
  const content = { text: TERMS_TEXT, consentToInvite: false, onLeaving: 'choice' } as const
  const version = 1
  const hash = hashOfTerms(workspaceId, version, content)
  await tx.orm
    .insert(termsVersions)
    .values({ workspaceId, version, ...content, hash, publishedBy: people.mara, publishedAt: at })
  record('mara', { type: 'terms.published', object: { workspaceId }, details: { version, hash } })
  for (const key of SIGNERS) {
    const orgId = orgs[PEOPLE[key].agency]
    await tx.orm
      .insert(termsSignatures)
      .values({ id: newId(), workspaceId, orgId, version, hash, personId: people[key], at })
    record(key, {
      type: 'terms.signed',
      object: { workspaceId, targetId: orgId },
      details: { version, hash },
    })
  }
  const offerId = newId()
  await tx.orm.insert(participationOffers).values({
    id: offerId,
    kind: 'invite',
    workspaceId,
    email: 'duty.office@barrage.example',
    ceiling: 'comment',
    mayExport: false,
    message:
      'Your gates decide how fast the lower valley fills. We would like you to read the plan and tell us where it is wrong.',
    state: 'open',
    offeredBy: people.mara,
    offeredByOrg: orgs.county,
    createdAt: at,
    expiresAt: new Date(at.getTime() + 30 * DAY),
  })
  record('mara', {
    type: 'offer.made',
    object: { workspaceId, targetId: offerId },
    after: { ceiling: 'comment', mayExport: false, until: null },
  })
}
