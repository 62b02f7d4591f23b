import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { membersToTell } from '@/server/told/people-to-tell'

/** Who can answer what is still open in a review: leads, and stewards where a grant is asked about. */
export const reviewersToTell = async (
  tx: Tx,
  about: { reviewId: Id; workspaceId: Id; at: Date },
): Promise<Id[]> => {
  const { rows } = await tx.query<{ org_id: Id; kind: 'membership' | 'grant' }>(
    'select distinct org_id, kind from review_items where review_id = $1 and decision is null',
    [about.reviewId],
  )
  const found = new Set<Id>()
  for (const { org_id: orgId, kind } of rows) {
    const roles = kind === 'grant' ? (['lead', 'steward'] as const) : (['lead'] as const)
    const { workspaceId, at } = about
    for (const personId of await membersToTell(tx, { workspaceId, orgId, roles, at })) found.add(personId)
  }
  return [...found]
}
