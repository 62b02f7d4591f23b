import type { EventType } from '@/lib/audit/catalogue'
import type { EventActor, EventDraft, Json } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'

/**
 * Rows of policy on record: triggers put every row that is made, ended or changed into `policy_staged`, in the same
 * transaction, and from there it comes into the record as what it decides by: ids, words, moments, nothing personal.
 */
interface StagedRow {
  place: number
  is_state: boolean
  tree: string
  document_id: Id | null
  section_id: Id | null
  entry: PolicyEntry
}

/** A row as it is from now on; `columns` null: it is gone. A type, so that it is JSON. */
type PolicyEntry = { table: string; id: string; columns: Record<string, Json> | null }

/** The most rows that one event speaks of: some ten kilobytes. */
const ROWS_AN_EVENT = 200

/** What this transaction itself has changed, taken out of the list. For the recorder, right before COMMIT. */
export const takeOwnStaged = async (
  tx: Tx,
  by: { actor: EventActor; correlation: string | undefined },
): Promise<EventDraft[]> => {
  const { rows } = await tx.query<StagedRow>(
    'delete from policy_staged where tx = pg_current_xact_id() returning *',
    [],
    'own staged policy',
  )
  return draftsOf('policy.changed', rows, by)
}

/**
 * What is left there by transactions that have committed: what was in force when rows first came on record
 * (`policy.state`), and what somebody changed past the server (`policy.changed_outside`).
 * @param most rows at a time. @returns drafts, and how many rows were changed outside
 */
export const takeLeftStaged = async (
  tx: Tx,
  most: number,
): Promise<{ drafts: EventDraft[]; outside: number; taken: number }> => {
  const { rows } = await tx.query<StagedRow>(
    `delete from policy_staged where place in (select place from policy_staged where tx <> pg_current_xact_id() order by place limit $1) returning *`,
    [most],
    'left staged policy',
  )
  const nobody = { actor: { personId: null, orgId: null, sessionId: null }, correlation: undefined }
  const state = rows.filter(({ is_state }) => is_state)
  const outside = rows.filter(({ is_state }) => !is_state)
  const drafts = [
    ...draftsOf('policy.state', state, nobody),
    ...draftsOf('policy.changed_outside', outside, nobody),
  ]
  return { drafts, outside: outside.length, taken: rows.length }
}

/**
 * One event for each object, so that whoever may see only a part of the record sees exactly the policy of that part. Of a
 * row that changed twice the last state counts.
 */
const draftsOf = (
  type: EventType,
  staged: readonly StagedRow[],
  { actor, correlation }: { actor: EventActor; correlation: string | undefined },
): EventDraft[] => {
  const objects = new Map<string, { of: StagedRow; rows: Map<string, PolicyEntry> }>()
  for (const row of [...staged].sort((a, b) => a.place - b.place)) {
    const key = `${row.tree} ${row.document_id} ${row.section_id}`
    const object = objects.get(key) ?? { of: row, rows: new Map() }
    object.rows.set(`${row.entry.table} ${row.entry.id}`, row.entry)
    objects.set(key, object)
  }
  return [...objects.values()].flatMap(({ of, rows }) => {
    const all = [...rows.values()]
    return Array.from({ length: Math.ceil(all.length / ROWS_AN_EVENT) }, (_, i): EventDraft => {
      const some = all.slice(i * ROWS_AN_EVENT, (i + 1) * ROWS_AN_EVENT)
      return {
        type,
        outcome: 'allowed',
        actor,
        object: objectOf(of),
        volume: { rows: some.length },
        details: { rows: some },
        ...(correlation === undefined ? {} : { correlation }),
      }
    })
  })
}

const WORKSPACE = 'workspace:'

const objectOf = ({ tree, document_id: documentId, section_id: sectionId }: StagedRow) => ({
  ...(tree.startsWith(WORKSPACE) ? { workspaceId: tree.slice(WORKSPACE.length) } : {}),
  ...(documentId === null ? {} : { documentId }),
  ...(sectionId === null ? {} : { sectionId }),
})
