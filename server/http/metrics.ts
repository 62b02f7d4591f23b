import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Env } from '@/server/env'
import { answer } from '@/server/http/answer'
import type { Meter } from '@/server/meter'

/** Read at the moment somebody asks. */
export interface Gauges {
  sockets(): number
  rooms(): number
  recordBacklog(): number
  /** The record is not sequenced: it contradicts what was signed. */
  recordStopped(): boolean
  /** What is not as it should be about seals and witnesses: asked of the database. */
  recordWarnings(): Promise<number>
  /** Of the record's streams that this node sends. */
  streams(): { stream: string; events: number; seconds: number; sent: number }[]
  /** Given where there may be several nodes. */
  nodes?: { redis(): 'none' | 'up' | 'lost'; inTouch(): boolean }
}

export interface Metrics extends Meter {
  registry: Registry
  answered(method: string, status: number, milliseconds: number): void
  watch(gauges: Gauges): void
}

/** Seconds: from one local commit to something that a person notices. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** One registry per server: nothing here is global, so a test may run several. */
export const createMetrics = (): Metrics => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const histogram = (name: string, help: string, labelNames: string[] = []) =>
    new Histogram({ name, help, buckets: BUCKETS, labelNames, registers })
  const counter = (name: string, help: string, labelNames: string[] = []) =>
    new Counter({ name, help, labelNames, registers })

  const commit = histogram('liaison_commit_seconds', 'One group commit of section updates.')
  const fanOut = histogram(
    'liaison_fan_out_seconds',
    'From the arrival of a frame to its hand-over to every receiver.',
  )
  const http = histogram('liaison_http_seconds', 'Requests answered.', ['method', 'status'])
  const frames = counter('liaison_updates_total', 'Frames of updates committed.')
  const rows = counter('liaison_update_rows_total', 'Rows of updates written.')
  const delivered = counter('liaison_deliveries_total', 'Frames handed to receivers.')
  const denials = counter('liaison_denials_total', 'Refusals by rule or error code.', ['reason'])
  const alarms = counter('liaison_record_alarms_total', 'Faults found in the record, by what was found.', [
    'why',
  ])
  const gauge = (name: string, help: string, read: () => number | Promise<number>) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set(await read())
      },
    })

  return {
    registry,
    committed(milliseconds, frameCount, rowCount) {
      commit.observe(milliseconds / 1000)
      frames.inc(frameCount)
      rows.inc(rowCount)
    },
    fannedOut(milliseconds, receivers) {
      fanOut.observe(milliseconds / 1000)
      delivered.inc(receivers)
    },
    denied: (reason) => denials.inc({ reason }),
    alarmed: (why) => alarms.inc({ why }),
    answered: (method, status, milliseconds) =>
      http.observe({ method, status: `${Math.floor(status / 100)}xx` }, milliseconds / 1000),
    watch({ sockets, rooms, recordBacklog, recordStopped, recordWarnings, streams, nodes }) {
      gauge('liaison_sockets', 'Live collaboration sockets.', sockets)
      gauge('liaison_rooms', 'Sections open on this node.', rooms)
      gauge('liaison_record_backlog', 'Accepted events that are not in a tree yet.', recordBacklog)
      gauge(
        'liaison_record_stopped',
        'The record contradicts what was signed, and is neither sequenced nor signed: 1, else 0.',
        () => (recordStopped() ? 1 : 0),
      )
      gauge(
        'liaison_record_warnings',
        'Records not sealed or late, witnesses that refuse or are silent.',
        recordWarnings,
      )
      watchStreams(registers, streams)
      if (nodes === undefined) return
      gauge('liaison_database_in_touch', 'The database has answered within a second: 1, else 0.', () =>
        nodes.inTouch() ? 1 : 0,
      )
      if (nodes.redis() === 'none') return
      gauge(
        'liaison_redis_up',
        'Messages between nodes go round: 1; they ask the database instead: 0.',
        () => (nodes.redis() === 'up' ? 1 : 0),
      )
    },
  }
}

const watchStreams = (registers: Registry[], streams: Gauges['streams']): void => {
  const of = (name: string, help: string, figure: 'events' | 'seconds' | 'sent') =>
    new Gauge({
      name,
      help,
      registers,
      labelNames: ['stream'],
      collect() {
        this.reset()
        for (const one of streams()) this.set({ stream: one.stream }, one[figure])
      },
    })
  of('liaison_stream_behind_events', 'Events that the receiver of a stream does not have.', 'events')
  of('liaison_stream_behind_seconds', 'Age of the oldest of them.', 'seconds')
  of('liaison_stream_sent', 'Events that the receiver has taken since this node started.', 'sent')
}

const digest = (value: string): Buffer => createHash('sha256').update(value).digest()

/**
 * With METRICS_TOKEN: to whoever brings it. Without: outside production only, where nothing but this machine can
 * reach the server; a proxy on the same machine would otherwise hand the figures to everyone.
 */
const mayRead = (request: IncomingMessage, env: Env): boolean => {
  if (env.metricsToken === null) return !env.production || env.demonstration
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${env.metricsToken}`))
}

export const answerMetrics = async (
  request: IncomingMessage,
  response: ServerResponse,
  { registry }: Metrics,
  env: Env,
): Promise<void> => {
  if (!mayRead(request, env)) return answer(response, 404, 'There is nothing here for you.')
  answer(response, 200, await registry.metrics(), { 'content-type': registry.contentType })
}
