import { readFileSync } from 'node:fs'
import { connect as connectPlain, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import { ocsfOf, type StreamEvent } from '@/lib/streams/ocsf'
import { octetCounted, syslogMessage } from '@/lib/streams/syslog'
import type { SyslogStream } from '@/server/streams/read-streams'
import { problemOf, type Send, StreamProblem } from '@/server/streams/send'

/**
 * RFC 5424 messages with octet counts over TCP (RFC 6587) or TLS (RFC 5425). Syslog has no acknowledgement, and a write that
 * succeeds says only that this machine's kernel has the bytes. So each batch has its own connection, which we end: a receiver
 * that has read to the end closes in turn; one that died, or left bytes unread, resets it. Only the former counts.
 */
export const sendBySyslog = (config: SyslogStream, host: string): { send: Send; close(): void } => {
  const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path))
  const secrets = { ca: read(config.caFile), cert: read(config.certFile), key: read(config.keyFile) }
  let open: Socket | null = null
  const connect = (): Socket =>
    config.tls
      ? connectSecure({ host: config.host, port: config.port, ...secrets, ...nameOf(config.host) })
      : connectPlain({ host: config.host, port: config.port })

  const send: Send = (events) =>
    new Promise<void>((resolve, reject) => {
      const socket = connect()
      open = socket
      let sent = false
      let failed: unknown = null
      let ended = false
      const timer = setTimeout(
        () => socket.destroy(new StreamProblem('The receiver did not take everything in time.')),
        config.timeoutSeconds * 1_000,
      )
      socket.on('error', (error) => {
        failed ??= error
      })
      socket.once(config.tls ? 'secureConnect' : 'connect', () => {
        socket.end(textOf(events, { host, enterprise: config.enterprise }), () => {
          sent = true
        })
      })
      // Whatever a receiver says is thrown away, but must be read: else its end is never seen.
      socket.resume()
      socket.once('end', () => {
        ended = sent
      })
      socket.once('close', () => {
        clearTimeout(timer)
        open = null
        if (failed !== null) reject(problemOf(failed))
        else if (ended) resolve()
        else reject(new StreamProblem('The receiver broke off the connection.'))
      })
    })
  return {
    send,
    close: () => {
      open?.destroy()
    },
  }
}

/** RFC 6066: no name is indicated for an address. */
const nameOf = (host: string) => (/^[\d.]+$|:/.test(host) ? {} : { servername: host })

const textOf = (events: readonly StreamEvent[], source: { host: string; enterprise: number }): Buffer =>
  Buffer.from(events.map((event) => octetCounted(syslogMessage(event, ocsfOf(event), source))).join(''))
