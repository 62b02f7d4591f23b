import { concernedBy, newProfile, type Profile } from '@/lib/audit/findings/follow-event'
import type { SeenEvent } from '@/lib/audit/findings/types'
import type { Id } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'

/** What is remembered of everyone and everything that events concern. */
export const loadProfiles = async (
  reader: Reader,
  tree: string,
  events: readonly SeenEvent[],
): Promise<Map<Id, Profile>> => {
  const concerned = events.map(concernedBy)
  const ids = [...new Set(concerned.flatMap(({ people, objects }) => [...people, ...objects]))]
  const orgs = concerned.flatMap(({ org }) => org ?? [])
  const { rows } = await reader.query<{ subject_id: Id; org_id: Id | null; state: Omit<Profile, 'orgId'> }>(
    `select subject_id, org_id, state from finding_profiles
     where tree = $1 and (subject_id = any($2::uuid[]) or org_id = any($3::uuid[]))`,
    [tree, ids, orgs],
  )
  return new Map(
    rows.map(({ subject_id, org_id, state }) => [subject_id, { ...newProfile(org_id), ...state }]),
  )
}

export const saveProfiles = async (tx: Tx, tree: string, profiles: Map<Id, Profile>): Promise<void> => {
  const all = [...profiles]
  await tx.query(
    `insert into finding_profiles (tree, subject_id, org_id, state)
     select $1, * from unnest($2::uuid[], $3::uuid[], $4::jsonb[])
     on conflict (tree, subject_id) do update set org_id = excluded.org_id, state = excluded.state`,
    [
      tree,
      all.map(([id]) => id),
      all.map(([, { orgId }]) => orgId),
      all.map(([, { memories, opening }]) => JSON.stringify({ memories, opening })),
    ],
  )
}
