import { checkpointText } from '@/lib/audit/checkpoint'
import { formatNote, type SignerKey, signNote } from '@/lib/audit/signed-note'
import { DomainError } from '@/lib/errors'
import { currentLogKey, originOf } from '@/server/audit/log-key'
import {
  checkGoesOn,
  isSetAside,
  raiseAlarm,
  readHead,
  type TreeHead,
} from '@/server/audit/trees/check-against-signed'
import { Contradiction, EdgeMissing } from '@/server/audit/trees/contradiction'
import type { KeptCheckpoints } from '@/server/audit/trees/kept-checkpoints'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

const EVERY_MS = 1_000
const AFTER_FAILURE_MS = 10_000

type Needs = Pick<Services, 'db' | 'env' | 'log' | 'meter' | 'recorder' | 'now'>

/** Trees that have grown since they were signed, and trees whose newest checkpoint is not the one that this node keeps. */
const DUE = `
select h.tree, h.size, coalesce(c.size, 0) as signed from audit_heads h
left join lateral (select size from audit_checkpoints where tree = h.tree order by size desc limit 1) c on true
where h.size > 0 and not exists (select 1 from audit_alarms)`

/**
 * Signs the head of every tree that has grown, and keeps the newest checkpoint of each outside the database, also those that
 * other nodes have signed. On the disk outside first: nobody is shown a head that a restored database could forget.
 * @returns how many were signed, and why others could not be: there is no key to sign with
 * @throws Contradiction
 */
export const signGrown = async (services: Needs, kept: KeptCheckpoints): Promise<Signing> => {
  const { rows } = await services.db.query<{ tree: string; size: number; signed: number }>(
    DUE,
    [],
    'due trees',
  )
  const signing: Signing = { signed: 0, refusal: null }
  for (const { tree, size, signed } of rows) {
    if (size === signed && (kept.get(tree)?.size ?? 0) === signed) continue
    try {
      if (await services.db.transaction((tx) => signTree(services, kept, tx, tree))) signing.signed++
    } catch (problem) {
      if (!(problem instanceof DomainError)) throw problem
      signing.refusal = problem.forPeople
      // Without a key this node still keeps what others sign.
      await services.db.transaction((tx) => signTree(services, kept, tx, tree, 'keep only'))
    }
  }
  return signing
}

interface Signing {
  signed: number
  refusal: string | null
}

const signTree = async (
  services: Needs,
  kept: KeptCheckpoints,
  tx: Tx,
  tree: string,
  only?: 'keep only',
): Promise<boolean> => {
  const { rows } = await tx.query<{ mine: boolean }>(
    `select pg_try_advisory_xact_lock(hashtext($1)) as mine, set_config('idle_in_transaction_session_timeout', '5s', true)`,
    [`checkpoint ${tree}`],
    'lock checkpoint',
  )
  if (!rows[0]?.mine) return false
  const head = await readHead(tx, tree)
  const inside = await readNewest(tx, tree)
  await checkSigned(kept, tx, head, inside)
  if (inside !== null && (kept.get(tree)?.size ?? 0) < inside.size) await kept.keep(tree, inside.note)
  if (only || (inside !== null && inside.size >= head.size)) return false
  const note = noteOf(await currentLogKey(services, tx), head)
  await kept.keep(tree, note)
  await tx.query(
    'insert into audit_checkpoints (tree, size, root, note, at) values ($1, $2, $3, $4, $5)',
    [tree, head.size, Buffer.from(head.root), note, services.now()],
    'insert checkpoint',
  )
  return true
}

type Newest = { size: number; root: Buffer; note: string }

const readNewest = async (tx: Tx, tree: string): Promise<Newest | null> => {
  const { rows } = await tx.query<Newest>(
    'select size, root, note from audit_checkpoints where tree = $1 order by size desc limit 1',
    [tree],
    'newest checkpoint',
  )
  return rows[0] ?? null
}

/** That the head goes on from whatever was signed before, inside the database and outside. */
const checkSigned = async (
  kept: KeptCheckpoints,
  tx: Tx,
  head: TreeHead,
  inside: Newest | null,
): Promise<void> => {
  const outside = kept.get(head.tree)
  if (outside !== null) {
    try {
      await checkGoesOn(tx, outside, head)
    } catch (problem) {
      if (!(problem instanceof Contradiction) || !(await isSetAside(tx, outside))) throw problem
      await kept.setAside(head.tree)
    }
  }
  const isTheSame = outside !== null && inside?.note === outside.note
  if (inside !== null && !isTheSame) await checkGoesOn(tx, { tree: head.tree, ...inside }, head)
}

const noteOf = (key: SignerKey, { tree, size, root }: TreeHead): string => {
  const text = checkpointText({ origin: originOf(key.name, tree), size, root, extensions: [] })
  return formatNote({ text, signatures: [signNote(text, key)] })
}

/** Signs in the background, every second. @returns lets the round in hand finish, and signs what has grown meanwhile */
export const startCheckpoints = (services: Needs, kept: KeptCheckpoints): { stop(): Promise<void> } => {
  const { db, log, meter } = services
  let stopped = false
  let refusal: string | null = null
  let timer: NodeJS.Timeout | undefined
  const round = async (): Promise<number> => {
    try {
      const signing = await signGrown(services, kept)
      if (signing.refusal !== null && signing.refusal !== refusal)
        log.error({ why: signing.refusal }, 'this node does not sign the record')
      refusal = signing.refusal
      return EVERY_MS
    } catch (error) {
      if (error instanceof EdgeMissing) return EVERY_MS
      if (error instanceof Contradiction) {
        meter.alarmed(error.why)
        await raiseAlarm(db, error).catch((problem) =>
          log.error({ err: problem }, 'the alarm could not be written'),
        )
      }
      log.error({ err: error }, 'the record could not be signed')
      return AFTER_FAILURE_MS
    }
  }
  let running: Promise<void> = Promise.resolve()
  const schedule = (after: number) => {
    if (stopped) return
    timer = setTimeout(() => {
      running = round().then(schedule)
    }, after)
  }
  schedule(0)
  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await running
      await round()
    },
  }
}
