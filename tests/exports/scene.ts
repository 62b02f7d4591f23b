import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventDraft } from '@/lib/audit/event'
import type { Id } from '@/lib/ids'
import type { ExportFormat } from '@/lib/views/record/record-export'
import { startExports } from '@/server/exports/run-exports'
import { serveExport } from '@/server/exports/serve-export'
import type { Actor } from '@/server/identity/actor'
import type { Sessions } from '@/server/identity/sessions'
import { askExport } from '@/server/operations/exports/ask-export'
import { runOperation } from '@/server/operations/run-operation'
import type { Services } from '@/server/services'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { testEnv, testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/** Three agencies with an auditor of County's and one of Weather's, a folder for files, and the door to them. */
export const openScene = async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'liaison-exports-'))
  const services = await testServices({ env: { ...testEnv, dataDir } })
  const agencies = await threeAgencies(services.db)
  const { world, orgs, workspaceId } = agencies
  const auditorOf = async (orgId: Id, name: string) => {
    const personId = await world.person(orgId, { name })
    const membershipId = await world.membership(workspaceId, personId, 'auditor')
    return { ...(await world.actor(personId)), membershipId }
  }
  const weatherAuditor = await auditorOf(orgs.weather, 'Wilma Weather')
  const actors = new Map<string, Actor>()
  const sessions = {
    actorOfCookies: async (cookie: string | undefined) => actors.get(cookie ?? '') ?? null,
  } as Pick<Sessions, 'actorOfCookies'> as Sessions
  const door = serveExport(services, sessions)
  const server = createServer((request, response) => void door(request, response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    ...agencies,
    weatherAuditor,
    services,
    folder: join(dataDir, 'exports'),
    files: () => {
      try {
        return readdirSync(join(dataDir, 'exports')).sort()
      } catch {
        return []
      }
    },
    text: (exportId: Id) => readFileSync(join(dataDir, 'exports', exportId), 'utf8'),

    async append(...drafts: (Partial<EventDraft> & Pick<EventDraft, 'type'>)[]) {
      await services.db.transaction(async (tx) => {
        for (const draft of drafts)
          services.recorder.append(tx, {
            outcome: 'allowed',
            actor: agencies.people.countyLead,
            object: { workspaceId },
            ...draft,
          })
      })
      await sequenceAll(services)
    },
    async ask(actor: Actor, format: ExportFormat = 'csv', filter: object = {}): Promise<Id> {
      const reason = 'For the yearly audit.'
      await runOperation(services, actor, askExport, { workspaceId, format, filter, reason })
      const { rows } = await services.db.query<{ id: Id }>(
        'select id from record_exports order by id desc limit 1',
      )
      return rows[0]?.id ?? ''
    },
    /** Makes what waits. */
    async make(over: Partial<Services> = {}) {
      const running = startExports({ ...services, ...over })
      await running.runNow()
      await running.stop()
    },
    row: async (exportId: Id) =>
      (await services.db.query('select * from record_exports where id = $1', [exportId])).rows[0] ?? {},
    download: (actor: Actor | null, path: string, headers: Record<string, string> = {}, method = 'GET') => {
      const cookie = `session=${actor?.sessionId ?? 'none'}`
      if (actor !== null) actors.set(cookie, actor)
      return fetch(`http://127.0.0.1:${port}/api/record-export/${path}`, {
        method,
        redirect: 'manual',
        headers: { cookie, ...headers },
      })
    },
    eventsOf: async (type: string) =>
      (
        await services.db.query<{ canonical: string; outcome: string }>(
          'select canonical, outcome from audit_inbox where type = $1 order by at, id',
          [type],
        )
      ).rows.map(({ canonical }) => JSON.parse(canonical) as Record<string, unknown>),
    async close() {
      server.close()
      server.closeAllConnections()
      await services.close()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

export type Scene = Awaited<ReturnType<typeof openScene>>
