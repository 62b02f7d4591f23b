import { newId } from '@/lib/ids'
import type { Database } from '@/server/db/client'
import { hashOf } from '@/server/text/hash-of'
import { keystrokeUpdate } from '@/tests/bench/load/keystrokes'
import type { threeAgencies } from '@/tests/support/three-agencies'

const AT_ONCE = 2_000
/** Sections of one document: more than people make. */
const IN_ONE_DOCUMENT = 200

/** Puts sections and their past straight into the tables: what is there before a measurement begins. */
export const stockOf = (
  db: Database,
  { world, orgs, workspaceId, people }: Awaited<ReturnType<typeof threeAgencies>>,
) => {
  const snapshot = (sectionId: string, seq: number, bytes: Buffer) =>
    db.query('insert into section_snapshots (section_id, seq, bytes, hash) values ($1, $2, $3, $4)', [
      sectionId,
      seq,
      bytes,
      hashOf(bytes),
    ])

  /** @returns ids of new sections that hold this state. */
  const sections = async (state: Buffer, count: number): Promise<string[]> => {
    const ids = Array.from({ length: count }, newId)
    for (let from = 0; from < count; from += IN_ONE_DOCUMENT) {
      const part = ids.slice(from, from + IN_ONE_DOCUMENT)
      const documentId = await world.document(workspaceId, orgs.county)
      await db.query(
        `insert into sections (id, document_id, originator_org_id, title, position, label)
         select id, $2, $3, 'Section ' || n, 'a' || n, 'TLP:GREEN' from unnest($1::uuid[]) with ordinality as t (id, n)`,
        [part, documentId, orgs.county],
      )
      // Few at once where the bytes are many: they pass through memory.
      if (state.length > 10_000) for (const id of part) await snapshot(id, 0, state)
      else
        await db.query(
          'insert into section_snapshots (section_id, seq, bytes, hash) select unnest($1::uuid[]), 0, $2, $3',
          [part, state, hashOf(state)],
        )
    }
    return ids
  }

  /** A section with this state and so many updates before it: one keystroke each, by one author. @returns its id. */
  const history = async (state: Buffer, updates: number): Promise<string> => {
    const [id = ''] = await sections(state, 1)
    await db.query('delete from section_snapshots where section_id = $1', [id])
    const { personId, sessionId } = people.countyLead
    const burstId = newId()
    for (let from = 0; from < updates; from += AT_ONCE) {
      const length = Math.min(AT_ONCE, updates - from)
      const bytes = Array.from({ length }, (_, i) => Buffer.from(keystrokeUpdate(4_711, from + i)))
      await db.query(
        `insert into section_updates (section_id, seq, person_id, session_id, burst_id, frames, bytes, hash)
         select $1, $2 + n, $3, $4, $5, 1, bytes, hash from unnest($6::bytea[], $7::bytea[]) with ordinality as t (bytes, hash, n)`,
        [id, from, personId, sessionId, burstId, bytes, bytes.map(hashOf)],
      )
    }
    await db.query('insert into section_heads (section_id, seq) values ($1, $2)', [id, updates])
    await snapshot(id, updates, state)
    return id
  }

  /** @returns bytes of the tables of live sections, with their indexes. */
  const stored = async (): Promise<number> => {
    const { rows } = await db.query<{ bytes: number }>(
      `select pg_total_relation_size('section_updates') + pg_total_relation_size('section_snapshots') as bytes`,
    )
    return Number(rows[0]?.bytes)
  }

  return { sections, history, stored }
}
