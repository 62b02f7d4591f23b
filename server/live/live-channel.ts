import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Id } from '@/lib/ids'
import { answer } from '@/server/http/answer'
import type { Actor } from '@/server/identity/actor'
import { sourceOf } from '@/server/identity/http-source'
import type { Sessions } from '@/server/identity/sessions'
import { watchNotices } from '@/server/live/watch-notices'
import { countUnread } from '@/server/operations/inbox/count-unread'
import type { Services } from '@/server/services'

/** Proxies end what is silent for a minute. Each is also a look whether the session still lives. */
const HEARTBEAT_MS = 20_000
/** Tabs of one session; of one address, for many who share one. */
const MOST_PER_SESSION = 12
const MOST_PER_ADDRESS = 400

interface Listener {
  actor: Actor
  address: string
  response: ServerResponse
  /** Asks who this is anew; null when the session is over. */
  again(): Promise<Actor | null>
}

export interface LiveChannel {
  /** GET only, by cookie: server-sent events (HTML standard, section 9.2) with the number of unread notices. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>
  listeners(): number
  stop(): Promise<void>
}

/**
 * Tells open pages that there is something new in the inbox: a number, never what it is. Losing the channel loses nothing:
 * a page asks for the number when it comes back.
 */
export const createLiveChannel = (services: Services, sessions: Sessions): LiveChannel => {
  const open = new Set<Listener>()
  let stopped = false

  const tell = async (personIds: ReadonlySet<Id>): Promise<void> => {
    for (const personId of personIds) {
      const theirs = [...open].filter(({ actor }) => actor.personId === personId)
      if (theirs.length === 0) continue
      const unread = await countUnread(services.db, personId)
      for (const listener of theirs) send(listener.response, unread)
    }
  }
  const watch = watchNotices(services, {
    wanted: () => new Set([...open].map(({ actor }) => actor.personId)),
    onNotices: tell,
  })

  const close = (listener: Listener) => {
    open.delete(listener)
    listener.response.end()
  }
  const check = async (listener: Listener): Promise<void> => {
    try {
      if ((await listener.again()) === null) close(listener)
    } catch (error) {
      services.log.warn({ err: error }, 'a live channel could not be checked and is closed')
      close(listener)
    }
  }
  const unsubscribe = services.accessChanges.subscribe((scope) => {
    for (const listener of open) {
      const isTheirs =
        ('personId' in scope && scope.personId === listener.actor.personId) ||
        ('orgId' in scope && scope.orgId === listener.actor.orgId)
      if (isTheirs) void check(listener)
    }
  })
  const heart = setInterval(() => {
    for (const listener of open) {
      listener.response.write(': still here\n\n')
      void check(listener)
    }
  }, HEARTBEAT_MS)
  heart.unref()

  return {
    async handle(request, response) {
      if (request.method !== 'GET') return answer(response, 405, 'Only GET.', { allow: 'GET' })
      // A page of another site may not open it: browsers say where a request comes from.
      const site = request.headers['sec-fetch-site']
      if (site !== undefined && site !== 'same-origin') return answer(response, 403, 'Not from another site.')
      const source = sourceOf(request, services.env)
      const again = () => sessions.actorOfCookies(request.headers.cookie, source)
      const actor = await again()
      if (actor === null) return answer(response, 401, 'Signed out.')
      const many = (same: (one: Listener) => boolean) => [...open].filter(same).length
      if (
        stopped ||
        many((one) => one.actor.sessionId === actor.sessionId) >= MOST_PER_SESSION ||
        many((one) => one.address === source.address) >= MOST_PER_ADDRESS
      )
        return answer(response, 429, 'Too many open pages.', { 'retry-after': '30' })
      const listener: Listener = { actor, address: source.address, response, again }
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      })
      open.add(listener)
      response.once('close', () => open.delete(listener))
      send(response, await countUnread(services.db, actor.personId))
      // Between the look at the session and here it may have ended.
      void check(listener)
    },
    listeners: () => open.size,
    async stop() {
      stopped = true
      unsubscribe()
      clearInterval(heart)
      await watch.stop()
      for (const listener of open) close(listener)
    },
  }
}

const send = (response: ServerResponse, unread: number): void => {
  response.write(`event: inbox\ndata: ${JSON.stringify({ unread })}\n\n`)
}
