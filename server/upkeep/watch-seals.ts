import type { Id } from '@/lib/ids'
import { couldSealSince } from '@/server/audit/sealing/can-be-sealed'
import { readQuorum, workspaceOf } from '@/server/audit/sealing/quorum'
import { readSeal } from '@/server/audit/sealing/seal'
import { beginWarning, endWarning } from '@/server/audit/sealing/warnings'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'
import { notify } from '@/server/told/notify'
import { administratorsToTell } from '@/server/told/people-to-tell'
import type { Chore } from '@/server/upkeep/chore'
import { tellOfRecord } from '@/server/witness/host/tell'

/** After so long without a seal, or a word of a witness, somebody must look. */
const PATIENCE_MS = 15 * 60_000
/** Trees in one run: of more, each has its turn after a few minutes. */
const AT_ONCE = 200
const NOBODY = { personId: null, orgId: null, sessionId: null }

/** Raises and ends what is to be said about trees that are not sealed and witnesses that are not heard. Each once, on record. */
export const watchSeals: Chore = {
  name: 'watch the seals',
  async run(services, tx, at) {
    await watchWitnesses(services, tx, at)
    for (const tree of await treesOfThisMinute(tx, at)) await watchTree(services, tx, tree, at)
    return false
  },
}

interface Heard {
  id: Id
  org_id: Id
  name: string
  silent: boolean
  warned: boolean
}

/** Of witnesses that were heard once: one that never joined is no loss. */
const HEARD = `
select w.id, w.org_id, w.name, c.seen_at < $1 as silent, a.id is not null as warned
from audit_witnesses w join audit_witness_contacts c on c.witness_id = w.id
left join audit_warnings a on a.witness_id = w.id and a.why = 'silent' and a.ended_at is null
where w.ended_at is null and (c.seen_at < $1) <> (a.id is not null)`

const watchWitnesses = async ({ recorder }: Services, tx: Tx, at: Date): Promise<void> => {
  const { rows } = await tx.query<Heard>(HEARD, [new Date(at.getTime() - PATIENCE_MS)])
  for (const { id, org_id: orgId, name, silent } of rows) {
    const key = { tree: 'instance', why: 'silent', witnessId: id } as const
    const changed = silent ? await beginWarning(tx, key, {}, at) : await endWarning(tx, key, at)
    if (!changed) continue
    recorder.append(tx, {
      type: silent ? 'witness.silent' : 'witness.back',
      outcome: 'allowed',
      actor: { ...NOBODY, orgId },
      object: { targetId: id },
      details: { name },
    })
    if (silent)
      await notify(tx, await administratorsToTell(tx, orgId), { kind: 'record.silent', targetId: id })
  }
}

const treesOfThisMinute = async (tx: Tx, at: Date): Promise<string[]> => {
  const { rows } = await tx.query<{ tree: string }>(
    `select h.tree from audit_heads h where exists (select 1 from audit_witnesses)
     and mod(abs(hashtext(h.tree)::bigint), (select greatest(1, ceil(count(*) / ${AT_ONCE}.0))::bigint from audit_heads))
       = mod($1::bigint, (select greatest(1, ceil(count(*) / ${AT_ONCE}.0))::bigint from audit_heads)) order by h.tree`,
    [Math.floor(at.getTime() / 60_000)],
  )
  return rows.map((row) => row.tree)
}

const watchTree = async (services: Services, tx: Tx, tree: string, at: Date): Promise<void> => {
  const unsealed = await isUnsealed(tx, tree, at)
  const key = { tree, why: 'not_sealed', witnessId: null } as const
  const changed = unsealed ? await beginWarning(tx, key, {}, at) : await endWarning(tx, key, at)
  if (!changed) return
  const workspaceId = workspaceOf(tree)
  services.recorder.append(tx, {
    type: unsealed ? 'record.unsealed' : 'record.sealed_again',
    outcome: 'allowed',
    actor: NOBODY,
    object: workspaceId === null ? {} : { workspaceId },
  })
  if (unsealed) await tellOfRecord(tx, tree, 'record.unsealed', at)
}

/** Something that was signed long enough ago has not been sealed, though enough agencies have had a witness for as long. */
const isUnsealed = async (tx: Tx, tree: string, at: Date): Promise<boolean> => {
  const quorum = await readQuorum(tx, tree, at)
  const since = await couldSealSince(tx, quorum)
  const seal = await readSeal(tx, tree, at)
  if (seal === null || (since === null && seal.sealed === null) || quorum.needed === 0) return false
  const { rows } = await tx.query<{ at: Date }>(
    'select at from audit_checkpoints where tree = $1 and size > $2 order by size limit 1',
    [tree, seal.sealed?.size ?? 0],
  )
  const [first] = rows
  if (first === undefined) return false
  return at.getTime() - Math.max(first.at.getTime(), since?.getTime() ?? 0) > PATIENCE_MS
}
