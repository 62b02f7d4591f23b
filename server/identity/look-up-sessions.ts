import type { Id } from '@/lib/ids'
import type { Database } from '@/server/db/client'

/** A session that was not ended on record, and whose it is. It may have run out by now. */
export interface FoundSession {
  sessionId: Id
  strength: number
  lastSeenAt: Date
  expiresAt: Date
  personId: Id
  name: string
  personState: 'active' | 'suspended'
  isAdministrator: boolean
  isOperator: boolean
  orgId: Id
  orgName: string
  orgShortCode: string
  orgColour: number
  orgState: 'active' | 'suspended'
}

/** Named and in SQL: making its text anew for each of five hundred who come back takes longer than the answer. */
const LOOK_UP = `
select x.token_hash as "tokenHash", x.id as "sessionId", x.strength, x.last_seen_at as "lastSeenAt",
  x.expires_at as "expiresAt", p.id as "personId", p.name, p.state as "personState",
  p.is_administrator as "isAdministrator", p.is_operator as "isOperator", o.id as "orgId", o.name as "orgName",
  o.short_code as "orgShortCode", o.colour as "orgColour", o.state as "orgState"
from sessions x join people p on p.id = x.person_id join organisations o on o.id = p.org_id
where x.token_hash = any($1::text[]) and x.ended_at is null`

/** Queries that may be under way at a time: one that is slow does not hold up all others. */
const MOST_RUNNING = 2
/** Tokens in one query. */
const AT_ONCE = 500

interface Waiting {
  tokenHash: string
  resolve(found: FoundSession | null): void
  reject(error: unknown): void
}

/**
 * Finds sessions by the hashes of their tokens. Whoever comes alone is asked about at once; those who come while queries
 * are under way share the next one. Nothing is kept: each answer was read after its question.
 */
export const createLookUp = (db: Pick<Database, 'query'>) => {
  let waiting: Waiting[] = []
  let running = 0

  const ask = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const hashes = group.map(({ tokenHash }) => tokenHash)
      const { rows } = await db.query<FoundSession & { tokenHash: string }>(
        LOOK_UP,
        [hashes],
        'look up sessions',
      )
      const found = new Map(rows.map((row) => [row.tokenHash, row]))
      for (const { tokenHash, resolve } of group) resolve(found.get(tokenHash) ?? null)
    } catch (error) {
      for (const { reject } of group) reject(error)
    }
  }

  const run = async (): Promise<void> => {
    running++
    while (waiting.length > 0) {
      const group = waiting.slice(0, AT_ONCE)
      waiting = waiting.slice(AT_ONCE)
      await ask(group)
    }
    running--
  }

  /** @throws what the database throws, and inside a transaction of the caller */
  return (tokenHash: string): Promise<FoundSession | null> =>
    new Promise((resolve, reject) => {
      waiting.push({ tokenHash, resolve, reject })
      if (running < MOST_RUNNING) void run()
    })
}
