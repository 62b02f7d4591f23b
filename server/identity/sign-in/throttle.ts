import { createHash } from 'node:crypto'
import { isIPv6 } from 'node:net'
import { eq, lt, sql } from 'drizzle-orm'
import type { Tx } from '@/server/db/client'
import { signInThrottles } from '@/server/db/schema/identity'
import type { Services } from '@/server/services'

/**
 * Slow-down of guessing. Three counters: account, address, and the pair of both. Nothing that the client can forge is
 * a key. Failures are forgotten one by one, and the wait has a cap, so nobody is locked out for ever.
 *
 * The account's wait counts from the pair's own last attempt, not from anybody else's: somebody who guesses at an account
 * all day delays its owner at another address by one wait (≤ 30 s), no more. Attempts during a wait change nothing.
 * Behind one shared address a guesser can compete with colleagues for that address's turns after ten failures; each
 * turn is then open to all.
 */
const CAP_SECONDS = 30
const FREE = { account: 3, address: 10 }
const FORGET_ONE_MS = 5 * 60_000
/** More would not slow down further but would take longer to forget. */
const MOST_COUNTED = { account: 9, address: 16 }

const DAY = 24 * 60 * 60_000

export interface Keys {
  account: string
  address: string
  pair: string
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** An IPv6 customer holds at least a /64: its addresses are one. */
const networkOf = (address: string): string => {
  if (!isIPv6(address)) return address
  const [head = '', tail] = address.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail === undefined ? [] : tail.split(':').filter(Boolean)
  while (groups.length + rest.length < 8) groups.push('0')
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/** @param kind keeps sign-ins and one-time links apart. */
export const throttleKeys = (kind: 'sign-in' | 'link', account: string, address: string): Keys => {
  const network = networkOf(address)
  return {
    account: `account:${kind}:${sha256(account)}`,
    address: `address:${kind}:${network}`,
    pair: `pair:${kind}:${sha256(`${account}|${network}`)}`,
  }
}

export const waitAfter = (failures: number, free: number): number =>
  failures < free ? 0 : Math.min(CAP_SECONDS, 2 ** (failures - free))

type Row = typeof signInThrottles.$inferSelect

const left = (row: Row, now: Date): number =>
  Math.max(0, row.failures - Math.floor((now.getTime() - row.lastFailureAt.getTime()) / FORGET_ONE_MS))

const lockRows = async (tx: Tx, keys: Keys, now: Date): Promise<{ [Name in keyof Keys]: Row }> => {
  // In one order for all, so that two attempts cannot wait for each other.
  const values = Object.values(keys)
    .sort()
    .map((key) => ({ key, failures: 0, lastFailureAt: now }))
  const rows = await tx.orm
    .insert(signInThrottles)
    .values(values)
    .onConflictDoUpdate({ target: signInThrottles.key, set: { key: sql`excluded.key` } })
    .returning()
  const rowOf = (key: string): Row =>
    rows.find((row) => row.key === key) ?? { key, failures: 0, lastFailureAt: now }
  return { account: rowOf(keys.account), address: rowOf(keys.address), pair: rowOf(keys.pair) }
}

/**
 * Asks for one attempt. An admitted attempt counts as failed until `forgive` says otherwise, so that a thousand at once
 * are not all let through before the first has failed.
 * @returns seconds to wait; 0 = admitted
 */
export const admit = (services: Services, keys: Keys): Promise<number> =>
  services.db.transaction(async (tx) => {
    const now = services.now()
    const rows = await lockRows(tx, keys, now)
    const remaining = (since: Date, seconds: number): number =>
      Math.ceil((since.getTime() + seconds * 1000 - now.getTime()) / 1000)
    const account = left(rows.account, now)
    const address = left(rows.address, now)
    const wait = Math.max(
      0,
      remaining(rows.pair.lastFailureAt, waitAfter(account, FREE.account)),
      remaining(rows.address.lastFailureAt, waitAfter(address, FREE.address)),
    )
    if (wait > 0) return wait
    const count = async (key: string, failures: number) =>
      tx.orm.update(signInThrottles).set({ failures, lastFailureAt: now }).where(eq(signInThrottles.key, key))
    await count(keys.account, Math.min(MOST_COUNTED.account, account + 1))
    await count(keys.address, Math.min(MOST_COUNTED.address, address + 1))
    await count(keys.pair, Math.min(MOST_COUNTED.account, left(rows.pair, now) + 1))
    return 0
  })

/**
 * The attempt was good: takes back what this pair alone has counted. Others' failures stay, so that somebody with an
 * account of their own cannot wipe the slate between guesses at others'.
 */
export const forgive = async (tx: Tx, keys: Keys, now: Date): Promise<void> => {
  const rows = await lockRows(tx, keys, now)
  await takeBack(tx, [keys.account, keys.address], left(rows.pair, now))
  await tx.orm.delete(signInThrottles).where(eq(signInThrottles.key, keys.pair))
}

/** The attempt was never judged (the server was busy): it does not count. */
export const uncount = async (tx: Tx, keys: Keys): Promise<void> => takeBack(tx, Object.values(keys), 1)

const takeBack = async (tx: Tx, keys: string[], failures: number): Promise<void> => {
  for (const key of keys.sort())
    await tx.orm
      .update(signInThrottles)
      .set({ failures: sql`greatest(0, ${signInThrottles.failures} - ${failures})` })
      .where(eq(signInThrottles.key, key))
}

/** Drops counters that say nothing any more. */
export const forgetOldThrottles = async (services: Services): Promise<void> => {
  await services.db.orm
    .delete(signInThrottles)
    .where(lt(signInThrottles.lastFailureAt, new Date(services.now().getTime() - DAY)))
}
