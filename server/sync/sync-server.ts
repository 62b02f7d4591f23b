import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CLOSE_CODE_OF } from '@/lib/errors'
import { LIMITS } from '@/lib/sync/limits'
import { CLOSE } from '@/lib/sync/protocol'
import type { Sessions } from '@/server/identity/sessions'
import { Refusal } from '@/server/policy/authorize'
import type { Services } from '@/server/services'
import { Admission } from '@/server/sync/admission'
import { CommitQueue } from '@/server/sync/commit-queue'
import { Connection, type ConnectionTools } from '@/server/sync/connection'
import { endBurst, recoverBursts } from '@/server/sync/edit-bursts'
import { Gate } from '@/server/sync/gate'
import { Openings } from '@/server/sync/openings'
import { FollowHeads } from '@/server/sync/order/follow-heads'
import { Deliveries } from '@/server/sync/outgoing/deliveries'
import { PING } from '@/server/sync/outgoing/outbox'
import { nextLook, RecheckAccess } from '@/server/sync/recheck-access'
import { RecordLater } from '@/server/sync/record-later'
import { Claims } from '@/server/sync/rooms/claims'
import { QUIET_FRAME } from '@/server/sync/rooms/room-presence'
import { Rooms } from '@/server/sync/rooms/rooms'
import { SharedPresence } from '@/server/sync/rooms/shared-presence'
import { Snapshots } from '@/server/sync/rooms/snapshots'
import { type Arrival, createUpgrade } from '@/server/sync/upgrade'

export interface SyncServer {
  /** For the `upgrade` event of the HTTP server, for targets under `/collab/`. Never throws. */
  upgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Commits what was accepted, closes every socket with 1012, and puts the ends on record. */
  drain(): Promise<void>
  stats(): { sockets: number; rooms: number }
}

const TICK_MS = 250
const KEEPALIVE = Buffer.concat([QUIET_FRAME, PING])

/** Live sections: sockets in, rooms, one commit queue, one timer. All state of one running server. */
export const createSyncServer = (
  services: Services,
  sessions: Pick<Sessions, 'actorOfCookies' | 'touch' | 'endRunOut'>,
): SyncServer => {
  const { db, log, recorder } = services
  const connections = new Set<Connection>()
  const later = new RecordLater(db, log)
  const snapshots = new Snapshots(log)
  const rooms = new Rooms(services, snapshots)
  const commits = new CommitQueue(services, rooms)
  const admission = new Admission()
  const recheck = new RecheckAccess(services, () => connections)
  const leaving = new Map<Connection, () => void>()
  const openings = new Openings(services, (sectionId) => {
    // Whoever opens it waits for the same load and hears of its failure.
    rooms.get(sectionId).catch(() => undefined)
  })
  let stopping = false

  const report = (what: string) => (error: unknown) => log.error({ err: error }, what)

  const follow = new FollowHeads(services, rooms, commits)
  const shared = new SharedPresence(services.nodes, rooms)
  const claims = new Claims(db, log)
  const gate = new Gate(commits, claims, services.nodes, follow, log, (connection) => {
    const now = Date.now()
    if (now - connection.lastTouch < LIMITS.touchEveryMs) return
    connection.lastTouch = now
    // Typing is activity: it keeps the session from idling out.
    sessions.touch(connection.actor.sessionId).catch(report('a session could not be kept awake'))
  })

  const endBurstOf = (connection: Connection) => {
    const { burst, eventActor: actor, object } = connection
    connection.burst = null
    if (burst !== null) later.add((tx) => endBurst(tx, services, { id: burst.id, actor, object }))
  }

  const tools: ConnectionTools = {
    deliveries: new Deliveries(services.nodes),
    recordLater: (draft) => later.add((tx) => void recorder.append(tx, draft)),
    onClosed(connection) {
      connections.delete(connection)
      leaving.get(connection)?.()
      leaving.delete(connection)
    },
    onSettled(connection) {
      if (connection.opened === null) return
      endBurstOf(connection)
      const { eventActor: actor, object, closingVolume: volume, id: correlation } = connection
      tools.recordLater({
        type: 'section.closed',
        outcome: 'allowed',
        actor,
        object,
        volume,
        correlation,
      })
    },
  }

  const open = async (connection: Connection): Promise<void> => {
    const { changes } = recheck
    const arrived = performance.now()
    const access = await openings.record(connection)
    const room = await rooms.get(connection.sectionId)
    // Whoever comes from another node has seen what this one may not have heard of yet.
    if (room.asOf < arrived) await follow.catchUp(room)
    if (connection.state !== 'opening') return
    if (!rooms.isCurrent(room)) return connection.close(CLOSE.tryLater)
    // Found just now: the mark is newer than what was asked a moment ago.
    const opened = {
      access: room.damage === null ? access : { ...access, canWrite: false, damaged: true },
      room,
    }
    connection.lookAgainAt = nextLook(services.now().getTime())
    connection.goLive(opened, (data, isBinary) => gate.receive(connection, data, isBinary))
    gate.greet(connection, opened)
    // A change that was committed while this one opened has found nobody to close.
    if (changes !== recheck.changes) recheck.doubt(connection)
  }

  const onArrival = ({ ws, socket, actor, sectionId, wantsAck, isOtherSchema, leave }: Arrival) => {
    const connection = new Connection(ws, socket, actor, sectionId, wantsAck, isOtherSchema, tools)
    connections.add(connection)
    leaving.set(connection, leave)
    const tooSlow = setTimeout(() => connection.close(CLOSE.tryLater), LIMITS.openingMs)
    open(connection)
      .catch((error: unknown) => {
        if (error instanceof Refusal) connection.close(CLOSE_CODE_OF[error.code])
        else {
          log.error({ sectionId, err: error }, 'a section could not be opened')
          connection.close(CLOSE.tryLater)
        }
      })
      .finally(() => clearTimeout(tooSlow))
  }

  const everySecond = (now: number) => {
    for (const connection of connections) {
      gate.refillStep1(connection, 1)
      const { burst, waitingWrites } = connection
      if (burst !== null && waitingWrites === 0 && now - burst.lastWrite >= LIMITS.burstIdleMs)
        endBurstOf(connection)
    }
    rooms.dropIdle(now, (room) => commits.holds(room))
    if (connections.size > 0) sessions.endRunOut().catch(report('sessions could not be ended'))
  }

  const keepAlive = (now: number) => {
    for (const connection of connections) {
      if (connection.state !== 'live') continue
      if (connection.missedPongs >= LIMITS.missedPings) connection.terminate()
      else {
        connection.missedPongs++
        connection.outbox.push(KEEPALIVE)
      }
    }
    rooms.lookAtDamaged()
    admission.sweep(now)
  }

  services.nodes.onFreeze(() => {
    for (const connection of connections) connection.shut(CLOSE.tryLater)
  })

  const recover = () => recoverBursts(services).catch(report('left edit bursts could not be closed'))
  void recover()

  let ticks = 0
  const timer = setInterval(() => {
    const now = Date.now()
    ticks++
    recheck.onTick()
    if (ticks % (1_000 / TICK_MS) === 0) everySecond(now)
    if (ticks % (LIMITS.pingEveryMs / TICK_MS) === 0) keepAlive(now)
    if (ticks % ((10 * LIMITS.burstIdleMs) / TICK_MS) === 0) void recover()
  }, TICK_MS)
  timer.unref()

  return {
    upgrade: createUpgrade({ services, sessions, admission, isStopping: () => stopping, onArrival }),

    async drain() {
      stopping = true
      clearInterval(timer)
      recheck.stop()
      follow.stop()
      shared.stop()
      await commits.idle()
      const closed = [...connections].map(
        (connection) => new Promise((resolve) => connection.ws.once('close', resolve)),
      )
      for (const connection of connections) connection.close(CLOSE.restarting)
      await Promise.all(closed)
      await claims.idle()
      await commits.idle()
      await later.flush()
      await snapshots.close()
    },

    stats: () => ({ sockets: connections.size, rooms: rooms.size }),
  }
}
