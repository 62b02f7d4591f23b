import type { Tx } from '@/server/db/client'
import { type AccessScope, clockKeys } from '@/server/policy/access-scope'
import { copiesWithin } from '@/server/policy/copies-within'

/** Tells every live connection that its access may have changed. One per process. */
export interface AccessChanges {
  /** Inside the changing transaction: raises the scope's clocks, writes the outbox row, tells listeners after COMMIT. */
  publish(tx: Tx, scope: AccessScope): Promise<void>
  /** @returns a function that ends the subscription. Listeners run synchronously after the commit. */
  subscribe(listener: (scope: AccessScope) => void): () => void
  /** A change that was found in the outbox, whoever made it. Its listeners hear of every change once. */
  hear(id: number, scope: AccessScope): void
  /** For whoever tells other nodes: this process has committed a change. */
  onPublished(listener: () => void): void
}

/** Ids of changes that were told already are kept for so many changes. */
const REMEMBERED = 10_000

/** @param onListenerError a listener that throws must not keep the others from hearing: it is reported here */
export const createAccessChanges = (
  onListenerError: (error: unknown) => void = reportUncaught,
): AccessChanges => {
  const listeners = new Set<(scope: AccessScope) => void>()
  const tell = (scope: AccessScope) => {
    for (const listener of [...listeners]) {
      try {
        listener(scope)
      } catch (error) {
        onListenerError(error)
      }
    }
  }
  const pending = new WeakMap<Tx, AccessScope[]>()
  const told = new Set<number>()
  const published = new Set<() => void>()
  const tellOnce = (id: number, scope: AccessScope) => {
    if (told.has(id)) return
    told.add(id)
    if (told.size > REMEMBERED) told.delete(told.values().next().value as number)
    tell(scope)
  }
  return {
    async publish(tx, scope) {
      const scopes = pending.get(tx)
      if (scopes !== undefined) {
        scopes.push(scope)
        return
      }
      const first = [scope]
      pending.set(tx, first)
      // All clocks of a transaction at its end and in one order: two changes cannot wait for each other.
      let changes: { id: number; scope: AccessScope }[] = []
      tx.beforeCommit('access-changes', async () => {
        await raiseClocks(tx, first)
        // Only now: whoever makes a copy raises the same clock, so that either they are found here or they look after us.
        changes = await writeChanges(tx, [...first, ...(await copiesWithin(tx, first))])
        return undefined
      })
      tx.afterCommit(() => {
        for (const { id, scope: one } of changes) tellOnce(id, one)
        for (const listener of published) listener()
      })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    hear: tellOnce,
    onPublished(listener) {
      published.add(listener)
    },
  }
}

/** Takes the clocks' row locks until COMMIT: commits of updates that read them wait, then see the change. */
const raiseClocks = async (tx: Tx, scopes: readonly AccessScope[]): Promise<void> => {
  for (const key of [...new Set(scopes.flatMap(clockKeys))].sort()) {
    await tx.query(
      `insert into access_clocks (key, epoch) values ($1, 1)
       on conflict (key) do update set epoch = access_clocks.epoch + 1`,
      [key],
    )
  }
}

const writeChanges = async (tx: Tx, scopes: readonly AccessScope[]) => {
  const changes: { id: number; scope: AccessScope }[] = []
  for (const scope of scopes) {
    const { rows } = await tx.query<{ id: number }>(
      'insert into access_changes (scope) values ($1::jsonb) returning id',
      [JSON.stringify(scope)],
    )
    changes.push({ id: rows[0]?.id as number, scope })
  }
  return changes
}

/** Loud, but later: the transaction that was committed is not the one to fail. */
const reportUncaught = (error: unknown) => {
  queueMicrotask(() => {
    throw error
  })
}
