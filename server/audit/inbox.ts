import type { ChainState } from '@/lib/audit/chain'
import type { EventDraft, Json } from '@/lib/audit/event'
import { isWorkspacePolicy } from '@/lib/audit/event-kinds'
import type { Id } from '@/lib/ids'
import type { SealedValue } from '@/server/audit/personal/seal-values'
import type { Reader, Tx } from '@/server/db/client'
import { plainArray } from '@/server/db/plain-array'

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

/** The workspace of a tree; null of the instance's. */
export const workspaceOf = (tree: string): Id | null =>
  tree.startsWith('workspace:') ? tree.slice('workspace:'.length) : null

const isPolicy = ({ type, object: { workspaceId, documentId, sectionId } }: EventDraft): boolean =>
  isWorkspacePolicy(type, { workspace: workspaceId, document: documentId, section: sectionId })

export async function readChainState(reader: Reader, writer: string): Promise<ChainState | null> {
  const { rows } = await reader.query<{ writer_seq: number; hash: Buffer }>(
    'select writer_seq, hash from audit_inbox where writer = $1 order by writer_seq desc limit 1',
    [writer],
  )
  return rows[0] ? { seq: rows[0].writer_seq, hash: rows[0].hash } : null
}

/**
 * One statement for any number of events: its text never changes, and a row costs no round trip. All hashes travel in one
 * piece, from the one before the first event on, because an array of bytes would travel as text; so do sealed values. Canonical
 * texts travel as lines: a newline in one is always written as an escape.
 */
const INSERT = `
with given as (
  select *, substring($4::bytea from (n * 32 - 31)::int for 32) as prev_hash,
    substring($4::bytea from (n * 32 + 1)::int for 32) as hash
  from unnest(
    $2::uuid[], $3::int8[], string_to_array($5, E'\\n'), $6::timestamptz[], $7::text[], $8::text[], $9::text[],
    $10::uuid[], $11::uuid[], $12::uuid[], $13::uuid[], $14::uuid[], $15::text[], $22::bool[]
  ) with ordinality as t (id, writer_seq, canonical, at, type, outcome, rule,
    actor_person_id, actor_org_id, workspace_id, document_id, section_id, tree, is_policy, n)
), listed as (
  insert into audit_pending (event_id, tree) select id, tree from given order by n
), cleared as (
  insert into audit_clear_values (event_id, field, key_id, sealed)
  select event_id, field, key_id, substring($20::bytea from starts for bytes)
  from unnest($16::uuid[], $17::text[], $18::uuid[], $19::int4[], $21::int4[]) as c (event_id, field, key_id, starts, bytes)
), accepted as (
insert into audit_inbox (id, writer, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule,
  actor_person_id, actor_org_id, workspace_id, document_id, section_id, owner_org_id, originator_org_id, is_policy)
select g.id, $1, writer_seq, prev_hash, hash, canonical, at, type, outcome, rule,
  actor_person_id, actor_org_id, g.workspace_id, g.document_id, section_id, d.owner_org_id, s.originator_org_id, is_policy
from given g left join sections s on s.id = g.section_id
left join documents d on d.id = coalesce(g.document_id, s.document_id)
)
select current_setting('liaison.policy_staged', true) = 'yes' as staged`

/**
 * The only INSERT into the record; called by `append` alone.
 * @param links the next ones of the writer's chain, in order
 * @returns whether this transaction has changed rows of policy: a trigger of theirs has said so, and asking costs nothing
 */
export async function insertEvents(
  tx: Tx,
  writer: string,
  links: readonly Link[],
  sealed: readonly SealedValue[],
): Promise<boolean> {
  const of = (value: (link: Link) => string | number | boolean | null) => plainArray(links.map(value))
  // Places in bytea count from 1.
  let end = 1
  const starts = sealed.map(({ sealed: { length } }) => {
    end += length
    return end - length
  })
  const { rows } = await tx.query<{ staged: boolean | null }>(
    INSERT,
    [
      writer,
      of((l) => l.event.id),
      of((l) => l.seq),
      Buffer.concat([...links.slice(0, 1).map((l) => l.prevHash), ...links.map((l) => l.hash)]),
      links.map((l) => l.event.canonical).join('\n'),
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
      plainArray(sealed.map((value) => value.eventId)),
      plainArray(sealed.map((value) => value.field)),
      plainArray(sealed.map((value) => value.keyId)),
      plainArray(starts),
      Buffer.concat(sealed.map((value) => value.sealed)),
      plainArray(sealed.map((value) => value.sealed.length)),
      of((l) => isPolicy(l.event.draft)),
    ],
    'insert events',
  )
  return rows[0]?.staged === true
}
