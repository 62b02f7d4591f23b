import { readFileSync } from 'node:fs'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent, request } from 'node:https'
import { ocsfOf, type StreamEvent } from '@/lib/streams/ocsf'
import type { HttpsStream } from '@/server/streams/read-streams'
import { problemOf, type Send, StreamProblem } from '@/server/streams/send'

/**
 * POSTs events as OCSF. A 2xx answer is the acknowledgement; redirects are not followed. A message that is too large for the
 * receiver (413) is sent again in halves. `liaison-batch` says which events it holds: the same events, the same words.
 */
export const sendByHttps = (config: HttpsStream): { send: Send; close(): void } => {
  const url = new URL(config.url)
  const secure = url.protocol === 'https:'
  const ca = config.caFile === undefined ? undefined : readFileSync(config.caFile)
  const agent = secure ? new Agent({ keepAlive: true, ca }) : new HttpAgent({ keepAlive: true })

  const post = (events: readonly StreamEvent[]): Promise<number> => {
    const body = Buffer.from(bodyOf(config, events))
    const headers: Record<string, string | number> = {
      'content-type': config.body === 'array' ? 'application/json' : 'application/x-ndjson',
      'content-length': body.byteLength,
      'user-agent': 'liaison-stream',
      'liaison-batch': batchOf(events),
    }
    if (config.tokenFile !== undefined)
      headers.authorization = `Bearer ${readFileSync(config.tokenFile, 'utf8').trim()}`
    // The deadline is for all of it, also for an answer that comes drop by drop.
    const signal = AbortSignal.timeout(config.timeoutSeconds * 1_000)
    return new Promise((resolve, reject) => {
      const options = { method: 'POST', headers, agent, signal }
      const answered = (response: IncomingMessage) => {
        response.on('error', reject)
        response.on('end', () => resolve(response.statusCode ?? 0))
        response.resume()
      }
      const sending = secure ? request(url, options, answered) : httpRequest(url, options, answered)
      sending.on('error', reject)
      sending.end(body)
    })
  }

  const send: Send = async (events) => {
    const status = await post(events).catch((error: unknown) => {
      throw problemOf(error)
    })
    if (status >= 200 && status < 300) return
    if (status === 413 && events.length > 1) {
      const half = Math.ceil(events.length / 2)
      await send(events.slice(0, half))
      return send(events.slice(half))
    }
    throw new StreamProblem(`The receiver answered with status ${status}.`)
  }
  return { send, close: () => agent.destroy() }
}

const bodyOf = ({ body }: HttpsStream, events: readonly StreamEvent[]): string => {
  const told = events.map((event) => JSON.stringify(ocsfOf(event)))
  return body === 'array' ? `[${told.join(',')}]` : `${told.join('\n')}\n`
}

const batchOf = (events: readonly StreamEvent[]): string => {
  const [first, last] = [events[0], events.at(-1)]
  return first === undefined || last === undefined ? '' : `${first.tree}/${first.index}-${last.index}`
}
