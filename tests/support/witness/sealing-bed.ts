import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { encodeVerifierKey, signerKey } from '@/lib/audit/signed-note'
import type { Id } from '@/lib/ids'
import { createFront, listen } from '@/server/http/listen'
import { createMetrics } from '@/server/http/metrics'
import { createRouter } from '@/server/http/router'
import type { Actor } from '@/server/identity/actor'
import { runOperation } from '@/server/operations/run-operation'
import { registerWitness } from '@/server/operations/witnesses/register-witness'
import { createWitnessDoor } from '@/server/witness/host/door'
import { WINDOW_MS } from '@/server/witness/host/offered'
import { openRecordBed } from '@/tests/support/record/record-bed'
import { testEnv } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/**
 * A host with its real front door, on a port of its own: four agencies take part, County hosts, so that the words of three count
 * and two are needed. Its clock runs as far ahead as a test wants.
 */
export const openSealingBed = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sealing-'))
  const log = pino({ level: 'silent' })
  const clock = { ahead: 0 }
  const parts = await frontDoor(folder, log)
  const bed = await openRecordBed({
    env: parts.env,
    log,
    now: () => new Date(Date.now() + clock.ahead),
  })
  const { services } = bed
  const base = await threeAgencies(bed.db)
  const { world, workspaceId } = base
  const outside = base.stranger.orgId
  await world.participation(workspaceId, outside)
  const lead = async (orgId: Id): Promise<Actor> =>
    world.actor(await world.person(orgId, { administrator: true }))
  const leads = {
    county: base.people.countyLead,
    weather: await lead(base.orgs.weather),
    hospital: base.people.hospitalLead,
    outside: await lead(outside),
  }
  parts.open(createWitnessDoor(services))
  /** Registers a key of that agency: the one given, or a new one that only the test has. */
  const register = async (agency: keyof typeof leads, verifierKey?: string) => {
    const signer = signerKey(`${agency}.example/witness`, randomBytes(32), 'cosignature')
    const key = verifierKey ?? encodeVerifierKey(signer)
    return { signer, ...(await runOperation(services, leads[agency], registerWitness, { verifierKey: key })) }
  }
  return {
    ...bed,
    ...base,
    outside,
    leads,
    clock,
    register,
    address: parts.env.publicUrl,
    tree: `workspace:${workspaceId}`,
    origin: `${new URL(parts.env.publicUrl).host}/workspace/${workspaceId}`,
    /** Puts so many more events on record, sequences and signs, and lets a window pass: they are offered from now on. */
    async grow(times = 1) {
      await bed.accept(workspaceId, times)
      await bed.sequence()
      await bed.sign()
      clock.ahead += WINDOW_MS
    },
    ask: (token: string | null, path: string, init: RequestInit = {}) =>
      fetch(`${parts.env.publicUrl}/api/witness/${path}`, {
        ...init,
        headers: { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
      }),
    async close() {
      parts.close()
      await bed.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const frontDoor = async (folder: string, log: pino.Logger) => {
  const env = {
    ...testEnv,
    publicUrl: '',
    logKeyFile: join(folder, 'log-key'),
    checkpointDir: join(folder, 'checkpoints'),
  }
  const router = createRouter(env, log, createMetrics())
  const front = createFront().on('request', router.handle)
  await listen(front, { host: '127.0.0.1', port: 0 })
  // Known only now, and read at every request.
  env.publicUrl = `http://127.0.0.1:${(front.address() as AddressInfo).port}`
  return {
    env,
    open: (witnesses: ReturnType<typeof createWitnessDoor>) =>
      router.open({
        pages: {
          handle: async (_, response) => void response.end('a page'),
          upgrade: (_, socket) => socket.destroy(),
          close: async () => {},
        },
        api: (_, response) => response.end('the api'),
        live: (_, response) => response.end('live'),
        exports: (_, response) => response.end(),
        witnesses,
        collab: (_, socket) => socket.destroy(),
        readiness: { whyNot: async () => null, aside: () => null },
      }),
    close: () => {
      front.closeAllConnections()
      front.close()
    },
  }
}

export type SealingBed = Awaited<ReturnType<typeof openSealingBed>>
