import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventDraft } from '@/lib/audit/event'
import type { StreamConfig } from '@/server/streams/read-streams'
import { readStreams } from '@/server/streams/read-streams'
import { startStreams } from '@/server/streams/start-streams'
import { testCertificate } from '@/tests/streams/certificate'
import type { Receiver } from '@/tests/streams/receivers'
import { sequenceAll } from '@/tests/support/record/sequence-all'
import { testServices } from '@/tests/support/services'
import { threeAgencies } from '@/tests/support/three-agencies'

/** Fast, because tests wait for what happens and not for time. */
const PACE = { idleMs: 10, backOffMs: 5, longestMs: 20 }

/** The three agencies, whose record goes to receivers of a test. */
export const openScene = async () => {
  const services = await testServices()
  const agencies = await threeAgencies(services.db)
  const folder = mkdtempSync(join(tmpdir(), 'liaison-streams-'))
  const certificate = testCertificate()
  const file = (name: string, text: string) => {
    const path = join(folder, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const caFile = file('ca.pem', certificate.cert)
  const { rows } = await services.db.query<{ id: string; short_code: string }>(
    'select id, short_code from organisations',
  )
  const codeOf = (orgId: string) => rows.find(({ id }) => id === orgId)?.short_code ?? ''

  const append = async (...drafts: (Partial<EventDraft> & Pick<EventDraft, 'type'>)[]) => {
    await services.db.transaction(async (tx) => {
      for (const draft of drafts)
        services.recorder.append(tx, {
          outcome: 'allowed',
          actor: { personId: null, orgId: null, sessionId: null },
          object: {},
          ...draft,
        })
    })
    await sequenceAll(services)
  }

  /** So many looks at the workspace by somebody of County. */
  const look = (count: number) =>
    append(
      ...Array.from({ length: count }, () => ({
        type: 'section.opened' as const,
        actor: agencies.people.countyLead,
        object: {
          workspaceId: agencies.workspaceId,
          documentId: agencies.documentId,
          sectionId: agencies.sections.open,
        },
      })),
    )

  /** As the operator's file says it: checked, and with its defaults. */
  const configOf = (...streams: unknown[]): readonly StreamConfig[] =>
    readStreams(file(`streams-${Math.random()}.json`, JSON.stringify({ streams })))

  return {
    ...agencies,
    services,
    certificate,
    file,
    caFile,
    codeOf,
    append,
    look,
    configOf,
    https: ({ port }: Receiver, more: object = {}) => ({
      name: 'siem',
      of: 'instance',
      kind: 'https',
      url: `https://127.0.0.1:${port}/events`,
      caFile,
      timeoutSeconds: 1,
      ...more,
    }),
    syslog: ({ port }: Pick<Receiver, 'port'>, more: object = {}) => ({
      name: 'syslog',
      of: 'instance',
      kind: 'syslog',
      host: '127.0.0.1',
      port,
      tls: false,
      timeoutSeconds: 1,
      ...more,
    }),
    start: (configs: readonly StreamConfig[], node = services.node) =>
      startStreams({ ...services, node }, configs, PACE),
    eventsOf: async (type: string) =>
      (
        await services.db.query<{ canonical: string }>(
          'select canonical from audit_inbox where type = $1 order by id',
          [type],
        )
      ).rows.map(({ canonical }) => JSON.parse(canonical) as Record<string, unknown>),
    async close() {
      await services.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Scene = Awaited<ReturnType<typeof openScene>>

/** Indexes of a tree in the order in which they arrived. */
export const indexesIn = (events: Receiver['kept']['events'], tree: string): number[] =>
  events.filter(({ metadata }) => metadata.log_name === tree).map(({ metadata }) => metadata.sequence)
