import { canonicalJson } from '@/lib/audit/canonical'
import type { ChainState } from '@/lib/audit/chain'
import { SALT_BYTES } from '@/lib/audit/commitment'
import type { EventDraft, Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import type { Reader, Tx } from '@/server/db/client'

export interface AcceptedEvent {
  id: Id
  at: Date
  draft: EventDraft
  canonical: string
  clear: readonly { field: string; salt: Buffer; value: Json }[]
}

interface Link {
  event: AcceptedEvent
  seq: number
  prevHash: Uint8Array
  hash: Buffer
}

/** The tree that an event belongs to: its workspace's, or the instance's. */
export const treeOf = (workspaceId: Id | null | undefined): string =>
  workspaceId ? `workspace:${workspaceId}` : 'instance'

export async function readChainState(reader: Reader, writer: string): Promise<ChainState | null> {
  const { rows } = await reader.query<{ writer_seq: number; hash: Buffer }>(
    'select writer_seq, hash from audit_inbox where writer = $1 order by writer_seq desc limit 1',
    [writer],
  )
  return rows[0] ? { seq: rows[0].writer_seq, hash: rows[0].hash } : null
}

/**
 * One statement for any number of events: its text never changes, and a row costs no round trip. All hashes travel in one
 * piece, from the one before the first event on, because an array of bytes would travel as text; so do the salts.
 */
const INSERT = `
with given as (
  select *, substring($4::bytea from (n * 32 - 31)::int for 32) as prev_hash,
    substring($4::bytea from (n * 32 + 1)::int for 32) as hash
  from unnest(
    $2::uuid[], $3::int8[], $5::text[], $6::timestamptz[], $7::text[], $8::text[], $9::text[],
    $10::uuid[], $11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[]
  ) with ordinality as t (id, writer_seq, canonical, at, type, outcome, rule,
    actor_person_id, actor_org_id, workspace_id, document_id, section_id, tree, n)
), listed as (
  insert into audit_pending (event_id, tree) select id, tree from given
), cleared as (
  insert into audit_clear_values (event_id, field, salt, value)
  select event_id, field, substring($18::bytea from ((n - 1) * ${SALT_BYTES} + 1)::int for ${SALT_BYTES}), value
  from unnest($16::uuid[], $17::text[], $19::text[]) with ordinality as c (event_id, field, value, n)
)
insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule,
  actor_person_id, actor_org_id, workspace_id, document_id, section_id)
select id, $1, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule,
  actor_person_id, actor_org_id, workspace_id, document_id, section_id
from given`

/** The only INSERT into the record; called by `append` alone. @param links the next ones of the writer's chain, in order */
export async function insertEvents(tx: Tx, writer: string, links: readonly Link[]): Promise<void> {
  const of = <T>(value: (link: Link) => T): T[] => links.map(value)
  const clear = links.flatMap(({ event }) => event.clear.map((value) => ({ id: event.id, ...value })))
  await tx.query(
    INSERT,
    [
      writer,
      of((l) => l.event.id),
      of((l) => l.seq),
      Buffer.concat([...links.slice(0, 1).map((l) => l.prevHash), ...of((l) => l.hash)]),
      of((l) => l.event.canonical),
      of((l) => l.event.at.toISOString()),
      of((l) => l.event.draft.type),
      of((l) => l.event.draft.outcome),
      of((l) => l.event.draft.decision?.rule ?? null),
      of((l) => l.event.draft.actor.personId),
      of((l) => l.event.draft.actor.orgId),
      of((l) => l.event.draft.object.workspaceId ?? null),
      of((l) => l.event.draft.object.documentId ?? null),
      of((l) => l.event.draft.object.sectionId ?? null),
      of((l) => treeOf(l.event.draft.object.workspaceId)),
      clear.map((c) => c.id),
      clear.map((c) => c.field),
      Buffer.concat(clear.map((c) => c.salt)),
      clear.map((c) => canonicalJson(c.value)),
    ],
    'insert events',
  )
}
