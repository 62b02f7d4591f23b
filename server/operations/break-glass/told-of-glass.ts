import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import { administratorsToTell, membersToTell } from '@/server/told/people-to-tell'

/** The originator's stewards and leads in the workspace; its administrators where it has none there any more. */
export const toldOfGlass = async (
  tx: Tx,
  { workspaceId, orgId, at }: { workspaceId: Id; orgId: Id; at: Date },
): Promise<Id[]> => {
  const people = await membersToTell(tx, { workspaceId, orgId, roles: ['steward', 'lead'], at })
  return people.length > 0 ? people : administratorsToTell(tx, orgId)
}
