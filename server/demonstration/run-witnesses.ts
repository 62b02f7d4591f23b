import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { encodeVerifierKey } from '@/lib/audit/signed-note'
import { type Id, newId } from '@/lib/ids'
import { DEMONSTRATION_WITNESS } from '@/lib/witness/demonstration'
import { readLogKeys } from '@/server/audit/sealing/log-keys'
import type { Services } from '@/server/services'
import { createHostClient } from '@/server/witness/program/host-client'
import { poll } from '@/server/witness/program/poll'
import { keyOf } from '@/server/witness/program/sign'
import { createStateFile, openStateFile, type StateFile } from '@/server/witness/program/state-file'

const EVERY_MS = 3_000

/**
 * Witnesses of the demonstration's agencies, in this very process, so that its record is seen to be sealed. Whoever can change the
 * record can change them as well: they prove nothing, their names say so, and so does every page that shows them.
 */
export const startDemonstrationWitnesses = (services: Services): { stop(): Promise<void> } => {
  const stopping = new AbortController()
  const { signal } = stopping
  const run = async (): Promise<void> => {
    const orgs = await agenciesToBe(services, signal)
    await Promise.all(
      orgs.map(async (org) => {
        const file = await prepare(services, org)
        const { host, token } = file.read()
        const client = createHostClient(host, token, signal)
        const say = (line: string) => services.log.debug({ witness: org.short_code }, line)
        await poll({ file, host: client, stop: signal, every: EVERY_MS, mirror: null, say }).finally(() =>
          file.close(),
        )
      }),
    )
  }
  const running = run().catch((problem: unknown) => {
    if (!signal.aborted) services.log.warn({ err: problem }, 'the witnesses of the demonstration ended')
  })
  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

interface Agency {
  id: Id
  short_code: string
}

/** The agencies that take part and do not host, once they are there and something was signed. */
const agenciesToBe = async ({ db }: Services, signal: AbortSignal): Promise<Agency[]> => {
  for (;;) {
    const { rows } = await db.query<Agency>(
      `select distinct o.id, o.short_code from organisations o join participations p on p.org_id = o.id
       join workspaces w on w.id = p.workspace_id where w.host_org_id <> o.id and p.ended_at is null order by o.short_code`,
    )
    if (rows.length > 0 && (await readLogKeys(db)).length > 0) return rows
    await wait(1_000, null, { signal })
  }
}

const prepare = async (services: Services, { id: orgId, short_code: code }: Agency): Promise<StateFile> => {
  const { env, db, recorder } = services
  const path = join(env.dataDir, `demonstration-witness-${code}.json`)
  if (!existsSync(path))
    createStateFile(path, {
      generation: 1,
      name: `${DEMONSTRATION_WITNESS}${code.toLowerCase()}`,
      seed: randomBytes(32).toString('base64'),
      host: env.publicUrl,
      token: null,
      logKeys: await readLogKeys(db),
      seen: {},
      evidence: [],
    })
  const file = openStateFile(path)
  if (file.read().token !== null) return file
  const token = randomBytes(32).toString('base64url')
  const { name } = file.read()
  const verifierKey = encodeVerifierKey(keyOf(file.read()))
  const id = newId()
  await db.transaction(async (tx) => {
    await tx.query(
      'insert into audit_witnesses (id, org_id, name, verifier_key, token_hash, valid_from) values ($1, $2, $3, $4, $5, $6)',
      [id, orgId, name, verifierKey, createHash('sha256').update(token).digest(), services.now()],
    )
    recorder.append(tx, {
      type: 'witness.registered',
      outcome: 'allowed',
      actor: { personId: null, orgId, sessionId: null },
      object: { targetId: id },
      after: { orgId, name, verifierKey },
    })
  })
  file.change((state) => ({ ...state, token }))
  return file
}
