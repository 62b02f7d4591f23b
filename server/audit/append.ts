import { randomBytes } from 'node:crypto'
import { canonicalRecord } from '@/lib/audit/canonical'
import { EVENTS } from '@/lib/audit/catalogue'
import { CHAIN_START, type ChainState, chainHash } from '@/lib/audit/chain'
import { commitmentTo, SALT_BYTES } from '@/lib/audit/commitment'
import type { EventDraft, Json } from '@/lib/audit/event'
import { type Id, newId } from '@/lib/ids'
import { type AcceptedEvent, insertEvents, readChainState } from '@/server/audit/inbox'
import { createMutex } from '@/server/audit/mutex'
import type { PersonKeys } from '@/server/audit/personal/person-keys'
import { type SealedValue, sealValues } from '@/server/audit/personal/seal-values'
import type { Release, Tx } from '@/server/db/client'
import { takeOwnStaged } from '@/server/policy/on-record/staged-policy'

/** The only writer of the record. One per process: it holds its chains (name, sequence, last hash). */
export interface Recorder {
  /**
   * Puts an event on record in the action's own transaction. The draft is checked and made canonical at once;
   * chaining and INSERT happen in `beforeCommit`, so that a writer's chain has no holes. If it cannot be written,
   * the whole transaction fails: nothing is shown or accepted.
   * @returns the event's id, to correlate with.
   */
  append(tx: Tx, draft: EventDraft): Id
  /** Told after each commit that put events on record: they can be sequenced now. Must not throw. @returns no more */
  onAccepted(listener: () => void): () => void
}

export interface RecorderOptions {
  /** The writer's name in the record; must not be in use by another process at the same time. */
  node: string
  /** What personal values are sealed with. */
  keys: PersonKeys
  now?: () => Date
  /** How many chains the process writes ("node", "node.2" …), so that as many commits can be under way at a time. */
  chains?: number
}

/** Half of the connections of a pool: more commits at a time gain nothing. */
const CHAINS = 4
const SALTS_AT_ONCE = 256

export function createRecorder({
  node,
  keys,
  now = () => new Date(),
  chains = CHAINS,
}: RecorderOptions): Recorder {
  const waiting = new WeakMap<Tx, AcceptedEvent[]>()
  const take = (tx: Tx) => {
    const events = waiting.get(tx) ?? []
    waiting.delete(tx)
    return events
  }
  const nextSalt = createSalts()
  const all = Array.from({ length: chains }, (_, i) => createChain(i === 0 ? node : `${node}.${i + 1}`))
  const listeners = new Set<() => void>()
  const accepted = () => {
    for (const listener of listeners) listener()
  }
  const leastBusy = () => all.reduce((best, chain) => (chain.queue() < best.queue() ? chain : best))
  const policyOf = async (tx: Tx, { draft: { actor, correlation } }: AcceptedEvent) =>
    (await takeOwnStaged(tx, { actor, correlation })).map((draft) => accept(draft, now(), nextSalt))
  return {
    append(tx, draft) {
      const event = accept(draft, now(), nextSalt)
      const events = waiting.get(tx)
      if (events) events.push(event)
      else {
        waiting.set(tx, [event])
        tx.afterCommit(accepted)
        tx.beforeCommit(
          'record',
          async () => {
            const events = take(tx)
            // Before the chain is locked: making a key may wait for another transaction's row.
            const sealed = await sealValues(tx, keys, events)
            return leastBusy().write(tx, events, sealed, policyOf)
          },
          'last',
        )
      }
      return event.id
    },
    onAccepted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** One chain of this process. Locked from chaining to the end of the transaction: the next link needs the last hash. */
function createChain(writer: string) {
  const writing = createMutex()
  let queue = 0
  /** Null: not known, read it from the table. So at the start, and after a COMMIT whose outcome nobody knows. */
  let head: ChainState | null = null

  return {
    queue: () => queue,
    /** @param policyOf the events about rows of policy that this transaction has changed, given its first event */
    async write(
      tx: Tx,
      events: readonly AcceptedEvent[],
      sealed: readonly SealedValue[],
      policyOf: (tx: Tx, first: AcceptedEvent) => Promise<AcceptedEvent[]>,
    ): Promise<Release> {
      queue++
      const unlock = await writing.lock()
      const leave = () => {
        queue--
        unlock()
      }
      try {
        let state = head ?? (await readChainState(tx, writer)) ?? CHAIN_START
        const linksOf = (events: readonly AcceptedEvent[]) =>
          events.map((event) => {
            const hash = chainHash(state.hash, event.canonical)
            const link = { event, prevHash: state.hash, seq: state.seq + 1, hash }
            state = { seq: link.seq, hash }
            return link
          })
        const [first] = events
        // Whoever fails from here on, the next one asks the table where the chain stands.
        head = null
        const changedPolicy = await insertEvents(tx, writer, linksOf(events), sealed)
        if (changedPolicy && first !== undefined) {
          const policy = await policyOf(tx, first)
          if (policy.length > 0) await insertEvents(tx, writer, linksOf(policy), [])
        }
        return (committed) => {
          if (committed) head = state
          leave()
        }
      } catch (error) {
        leave()
        throw error
      }
    },
  }
}

/** One call of the system's generator serves many salts: a call costs more than all the rest of an event. */
function createSalts(): () => Buffer {
  let left = Buffer.alloc(0)
  return () => {
    if (left.length === 0) left = randomBytes(SALTS_AT_ONCE * SALT_BYTES)
    const salt = left.subarray(0, SALT_BYTES)
    left = left.subarray(SALT_BYTES)
    return salt
  }
}

function accept(draft: EventDraft, at: Date, nextSalt: () => Buffer): AcceptedEvent {
  if (!Object.hasOwn(EVENTS, draft.type)) throw new Error(`unknown event type ${draft.type}`)
  const id = newId()
  const clear = Object.entries(draft.clear ?? {}).map(([field, value]: [string, Json]) => {
    const salt = nextSalt()
    return { field, value, salt, commitment: commitmentTo(salt, value) }
  })
  const commitments = Object.fromEntries(clear.map(({ field, commitment }) => [field, commitment]))
  return { id, at, draft, clear, canonical: canonicalRecord(draft, { id, at, commitments }) }
}
