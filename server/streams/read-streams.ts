import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { EnvProblems } from '@/server/env'

const shared = {
  /** Its name in the record, in figures and on screen. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be 1 to 40 small letters, digits and hyphens'),
  /** Whose view of the record it is: an organisation's short code, or the instance's operator. */
  of: z.union(
    [z.literal('instance'), z.string().regex(/^[A-Z]{2,6}$/)],
    'must be "instance" or a short code',
  ),
  /** Which trees: those of the workspaces, the instance's, or both. */
  trees: z
    .array(z.enum(['instance', 'workspaces']))
    .min(1)
    .default(['instance', 'workspaces']),
  /** Where it begins when it is new: with everything that is on record, or with what comes. */
  from: z.enum(['start', 'now']).default('start'),
  /** Events in one message to the receiver. */
  batch: z.int().min(1).max(5_000).default(500),
  timeoutSeconds: z.int().min(1).max(60).default(30),
  /** The alarm: so many events, or minutes, that the receiver does not have yet. */
  alarm: z
    .strictObject({
      events: z.int().min(1).default(10_000),
      minutes: z.number().positive().default(15),
    })
    .prefault({}),
  /** PEM of whoever signed the receiver's certificate; without it the system's own. */
  caFile: z.string().optional(),
}

const https = z.strictObject({
  ...shared,
  kind: z.literal('https'),
  url: z.url().refine(isSafe, 'must be https:// (http:// only to this machine itself)'),
  /** Holds the bearer token; read anew for every message, so that a new token needs no restart. */
  tokenFile: z.string().optional(),
  /** One JSON array a message, or one JSON object a line. */
  body: z.enum(['array', 'lines']).default('array'),
})

const syslog = z.strictObject({
  ...shared,
  kind: z.literal('syslog'),
  host: z.string().min(1),
  port: z.int().min(1).max(65_535),
  tls: z.boolean().default(true),
  /** Of our own certificate, where the receiver asks for one. */
  certFile: z.string().optional(),
  keyFile: z.string().optional(),
  enterprise: z.int().min(1).default(32_473),
})

const file = z.strictObject({ streams: z.array(z.discriminatedUnion('kind', [https, syslog])).max(50) })

export type HttpsStream = z.infer<typeof https>
export type SyslogStream = z.infer<typeof syslog>
export type StreamConfig = HttpsStream | SyslogStream

/**
 * Where the record is streamed to. Only the operator's file says so, never a person on a page: whatever an address leads
 * to, this server would connect to it.
 * @param path of STREAMS_FILE; null for no streams
 * @throws EnvProblems with every problem at once, each with its place in the file
 */
export const readStreams = (path: string | null): readonly StreamConfig[] => {
  if (path === null) return []
  const problems = (...texts: string[]) => new EnvProblems(texts.map((text) => `STREAMS_FILE: ${text}`))
  let json: unknown
  try {
    json = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw problems(
      error instanceof SyntaxError
        ? 'the file is not JSON. docs/streams.md shows one that works.'
        : 'the file cannot be read. Give the path of a JSON file that this process may read.',
    )
  }
  const parsed = file.safeParse(json)
  if (!parsed.success)
    throw problems(
      ...parsed.error.issues.map(({ path: at, message }) => `${at.join('.') || 'the file'}: ${message}.`),
    )
  const { streams } = parsed.data
  const twice = streams.find(({ name }, at) => streams.some((other, i) => i < at && other.name === name))
  if (twice !== undefined) throw problems(`two streams are called ${twice.name}.`)
  for (const stream of streams) assertReadable(stream, problems)
  return streams
}

function isSafe(text: string): boolean {
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  )
}

/** Better at the start than at the first event of a Sunday night. */
const assertReadable = (stream: StreamConfig, problems: (text: string) => EnvProblems): void => {
  for (const field of ['caFile', 'tokenFile', 'certFile', 'keyFile'] as const) {
    const path = (stream as Partial<Record<typeof field, string>>)[field]
    if (path === undefined) continue
    try {
      readFileSync(path)
    } catch {
      throw problems(`${field} of ${stream.name} cannot be read.`)
    }
  }
}
