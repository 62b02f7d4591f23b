import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { parseVerifierKey, type VerifierKey } from '@/lib/audit/signed-note'
import type { Id } from '@/lib/ids'
import type { Reader } from '@/server/db/client'

/** A witness that asks: known by its token, and its organisation with it. */
export interface AskingWitness {
  id: Id
  orgId: Id
  key: VerifierKey
}

const TOKEN = /^Bearer ([A-Za-z0-9_-]{43})$/

/**
 * Who asks. The token is looked up by its hash: how long that takes says nothing about any token.
 * @returns null for anything but the token of a witness that has not ended, of an organisation that is not suspended
 */
export async function identifyWitness(
  reader: Reader,
  { headers }: Pick<IncomingMessage, 'headers'>,
  at: Date,
): Promise<AskingWitness | null> {
  const [, token] = TOKEN.exec(headers.authorization ?? '') ?? []
  if (token === undefined) return null
  const { rows } = await reader.query<{ id: Id; org_id: Id; verifier_key: string }>(
    `select w.id, w.org_id, w.verifier_key from audit_witnesses w join organisations o on o.id = w.org_id
     where w.token_hash = $1 and w.ended_at is null and w.valid_from <= $2
       and (w.valid_until is null or w.valid_until > $2) and o.state = 'active'`,
    [createHash('sha256').update(token).digest(), at],
    'identify witness',
  )
  const row = rows[0]
  return row === undefined ? null : { id: row.id, orgId: row.org_id, key: parseVerifierKey(row.verifier_key) }
}
