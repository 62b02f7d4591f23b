import { EVENTS, type EventType } from '@/lib/audit/catalogue'
import { kindOf } from '@/lib/audit/event-kinds'
import { nextStretch } from '@/server/audit/counts/follow'
import type { Tx } from '@/server/db/client'

/** The follower's name in `record_followers`. Kinds changed? Empty `record_counts` and its rows there in a migration. */
export const COUNTS = 'counts'
/** Stands for none in a key, where null cannot. */
export const NONE = '00000000-0000-0000-0000-000000000000'

const TYPES = Object.keys(EVENTS) as EventType[]
/** Two parallel lists for SQL: every type and its kind. */
export const typesAndKinds = (): [EventType[], string[]] => [TYPES, TYPES.map(kindOf)]

/** The kind of an event `e`, with the two lists as `k`; a type that this version does not know counts as upkeep. */
export const KIND = `coalesce(k.kind, 'upkeep')`

/** Of documents only who had to do with them is asked, not what it was: kinds would make several times as many rows. */
const COUNT = `
with events as (
  select e.*, ${KIND} as kind from audit_log l join audit_inbox e on e.id = l.event_id
  left join unnest($4::text[], $5::text[]) as k (type, kind) on k.type = e.type
  where l.tree = $1 and l.index >= $2 and l.index < $3
)
insert into record_counts (workspace_id, about_id, grain, at, actor_org_id, owner_org_id, originator_org_id, is_policy, kind, outcome, events)
select e.workspace_id, a.about_id, a.grain, date_trunc(a.grain, e.at, 'UTC'), coalesce(e.actor_org_id, '${NONE}'),
  coalesce(e.owner_org_id, '${NONE}'), coalesce(e.originator_org_id, '${NONE}'), e.is_policy,
  case when a.told then e.kind else '' end, case when a.told then e.outcome else '' end, count(*)
from events e cross join lateral (values
  (e.workspace_id, 'hour', true), (e.workspace_id, 'day', true), (e.workspace_id, 'week', true),
  (e.document_id, 'hour', false), (e.document_id, 'day', false), (e.document_id, 'week', false),
  (e.section_id, 'day', true), (e.section_id, 'week', true)
) as a (about_id, grain, told)
where a.about_id is not null
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
on conflict (workspace_id, about_id, grain, at, actor_org_id, owner_org_id, originator_org_id, is_policy, kind, outcome)
do update set events = record_counts.events + excluded.events`

/**
 * Adds the next events of one tree to the sums.
 * @param most how many at once; the embedded database answers nobody else meanwhile
 * @returns whether there was anything to count
 */
export const countEvents = async (tx: Tx, most: number): Promise<boolean> => {
  const stretch = await nextStretch(tx, COUNTS, most)
  if (stretch === null) return false
  const { tree, from, until } = stretch
  await tx.query(COUNT, [tree, from, until, ...typesAndKinds()])
  return true
}
