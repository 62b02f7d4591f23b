import type { Id } from '@/lib/ids'
import type { Tx } from '@/server/db/client'
import type { FreshText } from '@/server/text/fresh-text'
import { hashOf } from '@/server/text/hash-of'

/** Who writes, and where: of a process, as bursts name it. */
interface Author {
  burstId: Id
  personId: Id
  sessionId: Id
  node: string
}

/**
 * The first row of a section that is made in this transaction: nobody else can write to it yet. It stands there as any
 * other row does: with its author, session, hash and burst, and a clientID that is bound to the author for good.
 * @returns the hash of the row, for the record
 */
export const writeFirstText = async (
  tx: Tx,
  sectionId: Id,
  { clientId, update }: FreshText,
  { burstId, personId, sessionId, node }: Author,
): Promise<Buffer> => {
  const hash = hashOf(update)
  await tx.query('insert into section_heads (section_id, seq) values ($1, 1)', [sectionId])
  await tx.query(
    `insert into edit_bursts (id, section_id, person_id, session_id, node, closed_at)
     values ($1, $2, $3, $4, $5, now())`,
    [burstId, sectionId, personId, sessionId, node],
  )
  await tx.query(
    `insert into section_updates (section_id, seq, person_id, session_id, burst_id, frames, bytes, hash)
     values ($1, 1, $2, $3, $4, 1, $5, $6)`,
    [sectionId, personId, sessionId, burstId, Buffer.from(update), hash],
  )
  await tx.query('insert into client_bindings (section_id, client_id, person_id) values ($1, $2, $3)', [
    sectionId,
    clientId,
    personId,
  ])
  return hash
}
