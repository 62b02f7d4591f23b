import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { startSequencer } from '@/server/audit/sequence'
import { verifyWriterChains } from '@/server/audit/verify/verify-chains'
import { openServices } from '@/server/boot/open-services'
import type { Actor } from '@/server/identity/actor'
import { silentMeter } from '@/server/meter'
import { addMember } from '@/server/operations/members/add-member'
import { endMember } from '@/server/operations/members/end-member'
import { runOperation } from '@/server/operations/run-operation'
import { createSyncServer } from '@/server/sync/sync-server'
import type { Ask, NodeReady } from '@/tests/faults/run/node-messages'
import { testEnv } from '@/tests/support/services'
import { worldIn } from '@/tests/support/world'

/**
 * A server of a fault run: the real services, sync server, operations and sequencer, without pages and sign-in. Its
 * parent asks it for facts and changes over IPC. Arguments: its folder, its log (not on a disk that is filled: nobody
 * reads a server's standard output from there either), the file that says who is there (made by the
 * first node), database url or "", Redis url or "".
 */
const [folder = '', logFile = '', worldFile = '', databaseUrl = '', redisUrl = ''] = process.argv.slice(2)
const PEOPLE = 8

/** A clock that jumps: for everything in this process that asks what time it is. */
const trueNow = Date.now
let jump = 0
Date.now = () => trueNow() + jump

const log = pino({ level: 'warn' }, pino.destination({ dest: logFile, sync: true }))
const node = `node-${process.pid}-${trueNow()}`
const services = await openServices(
  {
    ...testEnv,
    databaseUrl: databaseUrl || null,
    redisUrl: redisUrl || null,
    dataDir: join(folder, 'data'),
    // One for all nodes, as an installation of several nodes has it.
    personKeysFile: join(dirname(worldFile), 'person-keys'),
  },
  { log, meter: silentMeter, node },
)
const { db } = services

interface World {
  workspaceId: string
  documentId: string
  orgId: string
  lead: Actor
  people: Actor[]
}
const world = worldIn(db)
const makeWorld = async (): Promise<World> => {
  const orgId = await world.org('County')
  const workspaceId = await world.workspace(orgId)
  await world.participation(workspaceId, orgId)
  const member = async (role: 'lead' | 'editor') => {
    const personId = await world.person(orgId)
    await world.membership(workspaceId, personId, role)
    return world.actor(personId)
  }
  const lead = await member('lead')
  const people: Actor[] = []
  for (let i = 0; i < PEOPLE; i++) people.push(await member('editor'))
  const documentId = await world.document(workspaceId, orgId)
  return { workspaceId, documentId, orgId, lead, people }
}
if (!existsSync(worldFile)) writeFileSync(worldFile, JSON.stringify(await makeWorld()))
const { workspaceId, documentId, orgId, lead, people } = JSON.parse(readFileSync(worldFile, 'utf8')) as World
const known = new Map(people.map((actor) => [`test=${actor.sessionId}`, actor]))

const sync = createSyncServer(services, {
  actorOfCookies: async (header) => known.get(header ?? '') ?? null,
  touch: async () => null,
  endRunOut: async () => 0,
})
startSequencer(services)

const membershipOf = async (personId: string): Promise<string> => {
  const { rows } = await db.query<{ id: string }>(
    'select id from memberships where person_id = $1 and ended_at is null',
    [personId],
  )
  return rows[0]?.id ?? ''
}

const lastEndOf = async (personId: string): Promise<number> => {
  const { rows } = await db.query<{ at: Date }>(
    'select max(ended_at) as at from memberships where person_id = $1',
    [personId],
  )
  return rows[0]?.at.getTime() ?? 0
}

const answer = async (ask: Ask): Promise<unknown> => {
  switch (ask.what) {
    case 'query':
      return (await db.query(ask.text, ask.values)).rows
    case 'chains':
      return verifyWriterChains(db)
    case 'jump':
      jump = ask.milliseconds
      return null
    case 'sections': {
      const made: string[] = []
      for (let i = 0; i < ask.count; i++) made.push(await world.section(documentId, orgId, { begun: true }))
      return made
    }
    case 'revoke': {
      const personId = people[ask.person]?.personId ?? ''
      const membershipId = await membershipOf(personId)
      // Asked again because nobody knew how the last time ended: it was committed.
      if (membershipId === '') return lastEndOf(personId)
      let at = 0
      const stop = services.accessChanges.subscribe(() => {
        at = trueNow()
      })
      await runOperation(services, lead, endMember, { membershipId }).finally(stop)
      return at
    }
    case 'restore': {
      const personId = people[ask.person]?.personId ?? ''
      if ((await membershipOf(personId)) !== '') return null
      return runOperation(services, lead, addMember, { workspaceId, personId, role: 'editor', until: null })
    }
  }
}

process.on('message', (ask: Ask) => {
  answer(ask).then(
    (value) => process.send?.({ id: ask.id, value }),
    (error: unknown) => process.send?.({ id: ask.id, error: String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
const http = createServer()
http.on('upgrade', (req, socket, head) => sync.upgrade(req, socket, head))
http.listen(0, '127.0.0.1', () => {
  const { port } = http.address() as AddressInfo
  const personIds = people.map((actor) => actor.personId)
  process.send?.({ port, cookies: [...known.keys()], personIds } satisfies NodeReady)
})
