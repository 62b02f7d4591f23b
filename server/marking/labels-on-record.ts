import { canonicalJson } from '@/lib/audit/canonical'
import type { Json } from '@/lib/audit/event'
import type { Recorder } from '@/server/audit/append'
import type { Tx } from '@/server/db/client'
import { labelsUnderstood, readLabels } from '@/server/marking/labels-in-use'

/**
 * What each label enforces is part of what decides, and stands in a file of the installation: at the start, and when an
 * agency or a person that a label names has come, it is compared with what is on record. A trigger puts what is other
 * there into the record of every workspace.
 */
export const putLabelsOnRecord = async ({ recorder }: { recorder: Recorder }, tx: Tx): Promise<void> => {
  const labelOf = await readLabels(tx)
  const enforced = labelsUnderstood().flatMap((id) => {
    const label = labelOf(id)
    if (label === undefined) return []
    const { named, orgs, people, export: take, print, copy } = label
    return [{ id, enforces: canonicalJson({ named, orgs, people, export: take, print, copy } as Json) }]
  })
  // Two nodes that start together write the same: the second finds nothing that is other.
  const { rows } = await tx.query<{ id: string }>(
    `insert into policy_labels (id, enforces)
     select * from unnest($1::text[], $2::jsonb[]) on conflict (id) do update set enforces = excluded.enforces
     where policy_labels.enforces <> excluded.enforces returning id`,
    [enforced.map(({ id }) => id), enforced.map(({ enforces }) => enforces)],
    'labels on record',
  )
  if (rows.length === 0) return
  recorder.append(tx, {
    type: 'policy.labels_changed',
    outcome: 'allowed',
    actor: { personId: null, orgId: null, sessionId: null },
    object: {},
    volume: { labels: rows.length },
    details: { labels: rows.map(({ id }) => id).sort() },
  })
}
