import { createHash, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { seal, unseal } from '@/lib/audit/sealed-value'
import { DomainError } from '@/lib/errors'
import { type Id, newId } from '@/lib/ids'
import type { Database, Tx } from '@/server/db/client'

export interface DataKey {
  id: Id
  key: KeyObject
}

/** The keys of personal values, one per owner (`lib/audit/value-owner`), wrapped by the installation's key. */
export interface PersonKeys {
  /**
   * Keys to seal new values with; made in `tx` for owners that have none. Null for one whose key is destroyed: nothing more
   * is kept of theirs.
   */
  forOwners(tx: Tx, owners: Iterable<string>): Promise<ReadonlyMap<string, DataKey | null>>
  /** Of a row as it stands in the database now: what was destroyed a moment ago on any node opens nothing. */
  unwrap(row: { id: Id; wrapped: Buffer }): KeyObject
  /** Destroys keys, for ever, in `tx`. Those that are destroyed already, or were never made, stay as they are. @returns how many */
  destroy(tx: Tx, owners: readonly string[], because: 'erased' | 'retention', at: Date): Promise<number>
  /**
   * Before the first event: leaves a key of no one in the database, so that whichever node comes first says by which key all
   * others' are wrapped.
   * @throws DomainError if the database's keys are wrapped by another key than this installation's
   */
  claim(db: Database): Promise<void>
}

const KEY_BYTES = 32
const WRAPPED_BYTES = 60
/** Owners whose keys are kept in memory: more are asked for again. */
const REMEMBERED = 10_000

/** Who owns the key that `claim` leaves: nothing is ever sealed with it. */
const NO_ONE = 'installation'

const FIND = 'select id, owner, wrapped, wrapping from audit_person_keys where owner = any($1)'

/** The organisation whose auditors may see the values: the person's, or the one that invited. */
const MAKE = `
insert into audit_person_keys (id, owner, wrapped, wrapping, org_id)
select id, owner, substring($3::bytea from ((n - 1) * ${WRAPPED_BYTES} + 1)::int for ${WRAPPED_BYTES}), $4,
  case split_part(owner, ':', 1)
    when 'person' then (select p.org_id from people p where p.id = split_part(owner, ':', 2)::uuid)
    when 'invitation' then (select i.org_id from person_invitations i where i.id = split_part(owner, ':', 2)::uuid)
    when 'offer' then (select o.offered_by_org from participation_offers o where o.id = split_part(owner, ':', 2)::uuid)
  end
from unnest($1::uuid[], $2::text[]) with ordinality as t (id, owner, n)
order by owner on conflict (owner) do nothing`

export function createPersonKeys(installationKey: Uint8Array): PersonKeys {
  const wrapping = createSecretKey(installationKey)
  const wrappingId = createHash('sha256')
    .update('liaison ')
    .update(installationKey)
    .digest('hex')
    .slice(0, 16)
  const known = new Map<string, DataKey | null>()

  const unwrap = ({ id, wrapped }: { id: Id; wrapped: Buffer }) =>
    createSecretKey(unseal(wrapping, id, wrapped))
  const find = async (tx: Tx, owners: string[], found: Map<string, DataKey | null>) => {
    const { rows } = await tx.query<{ id: Id; owner: string; wrapped: Buffer | null; wrapping: string }>(
      FIND,
      [owners],
      'find person keys',
    )
    for (const { id, owner, wrapped, wrapping: by } of rows) {
      if (wrapped !== null && by !== wrappingId) throw otherKey()
      found.set(owner, wrapped === null ? null : { id, key: unwrap({ id, wrapped }) })
    }
  }
  const make = async (tx: Tx, owners: string[]) => {
    const ids = owners.map(newId)
    const wrapped = Buffer.concat(ids.map((id) => seal(wrapping, id, randomBytes(KEY_BYTES))))
    await tx.query(MAKE, [ids, owners, wrapped, wrappingId], 'make person keys')
  }
  const remember = (found: ReadonlyMap<string, DataKey | null>) => {
    for (const [owner, key] of found) known.set(owner, key)
    for (const owner of known.keys()) {
      if (known.size <= REMEMBERED) return
      known.delete(owner)
    }
  }

  return {
    unwrap,
    async forOwners(tx, owners) {
      const all = new Map<string, DataKey | null>()
      const asked: string[] = []
      for (const owner of new Set(owners)) {
        const key = known.get(owner)
        if (key === undefined) asked.push(owner)
        else all.set(owner, key)
      }
      if (asked.length === 0) return all
      const found = new Map<string, DataKey | null>()
      await find(tx, asked, found)
      const missing = asked.filter((owner) => !found.has(owner))
      if (missing.length > 0) {
        // Another transaction may be making the same ones: whoever comes second takes what the first has committed.
        await make(tx, missing)
        await find(tx, missing, found)
      }
      // Only what is committed is remembered: a key of a transaction that failed is nowhere.
      tx.afterCommit(() => remember(found))
      for (const [owner, key] of found) all.set(owner, key)
      return all
    },
    async destroy(tx, owners, because, at) {
      const { rows } = await tx.query<{ owner: string }>(
        `update audit_person_keys set wrapped = null, destroyed_at = $2, destroyed_because = $3
         where owner = any($1) and wrapped is not null returning owner`,
        [owners, at, because],
      )
      tx.afterCommit(() => remember(new Map(rows.map(({ owner }) => [owner, null]))))
      return rows.length
    },
    async claim(db) {
      await db.transaction(async (tx) => {
        const all = await this.forOwners(tx, [NO_ONE])
        if (all.get(NO_ONE) === null) throw new Error('the key of no one was destroyed')
        const { rows } = await tx.query(
          'select 1 from audit_person_keys where wrapped is not null and wrapping <> $1 limit 1',
          [wrappingId],
          'find another key',
        )
        // Nothing of this node's stays behind.
        if (rows.length > 0) throw otherKey()
      })
    },
  }
}

const otherKey = () =>
  new DomainError(
    'unavailable',
    'The personal values in this database lie under another key than the one in PERSON_KEYS_FILE (or the file person-keys in DATA_DIR). Put the file there that belongs to this database; several nodes need the same one.',
  )
