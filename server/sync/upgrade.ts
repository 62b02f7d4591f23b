import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import { type Id, isId } from '@/lib/ids'
import { EDITOR_SCHEMA_VERSION } from '@/lib/sync/editor-schema'
import { LIMITS } from '@/lib/sync/limits'
import { ACK_PARAMETER, CLOSE, type CloseCode, COLLAB_PATH, SCHEMA_PARAMETER } from '@/lib/sync/protocol'
import type { Actor } from '@/server/identity/actor'
import { sourceOf } from '@/server/identity/http-source'
import type { Sessions } from '@/server/identity/sessions'
import type { Services } from '@/server/services'
import type { Admission } from '@/server/sync/admission'

export interface Arrival {
  ws: WebSocket
  socket: Duplex
  actor: Actor
  sectionId: Id
  wantsAck: boolean
  /** The page was made for another version of the text's schema: it may only read. */
  isOtherSchema: boolean
  /** Call when the socket is closed. */
  leave: () => void
}

interface UpgradeTools {
  services: Services
  sessions: Pick<Sessions, 'actorOfCookies'>
  admission: Admission
  isStopping: () => boolean
  onArrival: (arrival: Arrival) => void
}

/** `/collab/<anything>` with at most our two query parameters; the rest of the world's targets are not for us. */
const TARGET = new RegExp(
  `^${COLLAB_PATH}([^/?#\\\\\\s]{1,64})(?:\\?${ACK_PARAMETER}=([01])(?:&${SCHEMA_PARAMETER}=(\\d{1,9}))?)?$`,
)

/**
 * From an HTTP upgrade to a socket of a known person. Nothing is read from the socket and no frame is taken before
 * the session is known. A refusal is an accepted socket that closes with a code: the stock client retries an HTTP
 * refusal for ever, and understands a code.
 */
export const createUpgrade = (tools: UpgradeTools) => {
  const { services, sessions, admission } = tools
  // Not in the published types: milliseconds that ws waits for a peer's half of the closing handshake.
  const options: ServerOptions & { closeTimeout: number } = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: LIMITS.frameBytes,
    closeTimeout: 2_000,
  }
  const server = new WebSocketServer(options)
  server.on('wsClientError', (_error, socket) => {
    socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })

  const accept = (req: IncomingMessage, socket: Duplex, head: Buffer, then: (ws: WebSocket) => void) => {
    if (!socket.destroyed) server.handleUpgrade(req, socket, head, then)
  }

  const refuse = (req: IncomingMessage, socket: Duplex, head: Buffer, code: CloseCode): void =>
    accept(req, socket, head, (ws) => {
      ws.on('error', () => undefined)
      ws.close(code)
    })

  const welcome = async (
    req: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    target: RegExpExecArray,
  ): Promise<void> => {
    const { origin, cookie } = req.headers
    if (origin !== services.env.publicUrl) return refuse(req, socket, head, CLOSE.refused)
    const source = sourceOf(req, services.env)
    const actor = await sessions.actorOfCookies(cookie, source)
    if (actor === null) return refuse(req, socket, head, CLOSE.signedOut)
    const sectionId = target[1] ?? ''
    if (!isId(sectionId)) return refuse(req, socket, head, CLOSE.hiddenOrMissing)
    const leave = admission.enter(actor.personId, source.address, Date.now())
    if (leave === null) return refuse(req, socket, head, CLOSE.tryLater)
    // A handshake that ws refuses, or a peer that left, never reaches `then`: the socket's end must count as well.
    socket.once('close', leave)
    accept(req, socket, head, (ws) =>
      tools.onArrival({
        ws,
        socket,
        actor,
        sectionId,
        wantsAck: target[2] === '1',
        isOtherSchema: isOtherSchema(target[3]),
        leave,
      }),
    )
    if (socket.destroyed) leave()
  }

  return (req: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', destroyIt)
    const target = TARGET.exec(req.url ?? '')
    if (target === null) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    if (tools.isStopping()) {
      refuse(req, socket, head, CLOSE.restarting)
      return
    }
    if (services.nodes.isFrozen()) {
      refuse(req, socket, head, CLOSE.tryLater)
      return
    }
    const done = admission.begin(sourceOf(req, services.env).address)
    if (done === null) {
      refuse(req, socket, head, CLOSE.tryLater)
      return
    }
    const tooSlow = setTimeout(() => socket.destroy(), LIMITS.identityMs)
    socket.once('close', done)
    welcome(req, socket, head, target)
      .catch((error: unknown) => {
        services.log.error({ err: error }, 'an upgrade failed')
        refuse(req, socket, head, CLOSE.tryLater)
      })
      .catch(() => socket.destroy())
      .finally(() => {
        clearTimeout(tooSlow)
        done()
      })
  }
}

const isOtherSchema = (said: string | undefined): boolean =>
  said !== undefined && Number(said) !== EDITOR_SCHEMA_VERSION

/** Not a closure of the upgrade: it would keep the request with all its headers as long as the socket lives. */
function destroyIt(this: Duplex): void {
  this.destroy()
}
