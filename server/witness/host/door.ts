import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseVerifierKey } from '@/lib/audit/signed-note'
import { createRateLimit } from '@/server/api/rate-limit'
import { readLogKeys } from '@/server/audit/sealing/log-keys'
import { sourceOf } from '@/server/identity/http-source'
import type { Services } from '@/server/services'
import { touchContact } from '@/server/witness/host/contact'
import { identifyWitness } from '@/server/witness/host/identify'
import { WITNESS_PATH } from '@/server/witness/host/path'
import { answerRecords } from '@/server/witness/host/records'
import { takeRefusal } from '@/server/witness/host/refusals'
import { type Handle, NOT_FOUND, type Reply } from '@/server/witness/host/reply'
import { answerLog } from '@/server/witness/host/tiles'
import { answerCheckpoint, answerTrees } from '@/server/witness/host/trees'
import { takeCosignature } from '@/server/witness/host/words'

/** Tokens that are nobody's, from one address. */
const GUESSES = { burst: 30, perSecond: 1 }
/** A first round asks for every tree; a mirror for every tile. */
const RATE = { burst: 1_000, perSecond: 50 }
const TOO_MANY: Reply = { status: 429, body: 'Too many at once. Come back a little later.\n' }
/** Bytes: a report with two notes. */
const LARGEST_BODY = 160 * 1024

const ROUTES: Record<string, Handle> = {
  'GET trees': answerTrees,
  'GET add-checkpoint': answerCheckpoint,
  'GET log': answerLog,
  'GET records': answerRecords,
  'POST cosignatures': takeCosignature,
  'POST refusals': takeRefusal,
}

/** What is answered to witnesses. @returns a handler for everything below `WITNESS_PATH` */
export const createWitnessDoor = (services: Services) => {
  const takeRate = createRateLimit(services)

  const reply = async (request: IncomingMessage): Promise<Reply> => {
    const { db, env } = services
    const at = services.now()
    const source = sourceOf(request, env)
    const address = `address:${source.address}`
    if (takeRate(address, GUESSES, 0) > 0) return TOO_MANY
    const witness = await identifyWitness(db, request, at)
    if (witness === null) {
      takeRate(address, GUESSES, 1)
      return { status: 401, body: 'No witness has this token.\n' }
    }
    if (takeRate(`witness:${witness.id}`, RATE, 1) > 0) return TOO_MANY
    const url = new URL(request.url ?? '/', 'http://witness.invalid')
    const [what, ...rest] = url.pathname.slice(WITNESS_PATH.length).split('/')
    const route = ROUTES[`${request.method} ${what}`]
    const keys = await readLogKeys(db)
    const [key] = keys
    if (route === undefined || key === undefined) return NOT_FOUND
    await touchContact(db, witness.id, at)
    const body = request.method === 'POST' ? await readBody(request) : ''
    if (body === null) return { status: 413, body: 'Too long.\n' }
    const log = { name: parseVerifierKey(key).name, keys }
    return route({ services, witness, log, at, source, query: url.searchParams, rest: rest.join('/'), body })
  }

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status, body = '', type = 'text/plain; charset=utf-8' } = await reply(request)
    if (status >= 400) services.meter.denied(`witness_${status}`)
    const bytes = Buffer.from(body)
    response.writeHead(status, {
      'content-type': type,
      'cache-control': 'no-store',
      ...(status === 204 ? {} : { 'content-length': bytes.byteLength }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...(status === 413 || status === 429 ? { connection: 'close' } : {}),
    })
    response.end(status === 204 ? undefined : bytes)
  }
}

/** @returns null when it is longer than anything that is taken here */
const readBody = async (request: IncomingMessage): Promise<string | null> => {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length
    if (size > LARGEST_BODY) return null
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}
