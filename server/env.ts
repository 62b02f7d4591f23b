import { join } from 'node:path'
import { keepSecret } from '@/server/boot/keep-secret'

/** The only reader of process.env. Says in one sentence what is missing or wrong, and never prints a value. */
export interface Env {
  production: boolean
  demonstration: boolean
  host: string
  port: number
  /** The exact Origin that browsers use, without a trailing slash: "https://liaison.example". */
  publicUrl: string
  /** PostgreSQL, or null for the embedded database under `dataDir`. */
  databaseUrl: string | null
  /** Redis between several nodes on one PostgreSQL; null: they find everything in the database, a little later. */
  redisUrl: string | null
  dataDir: string
  /** The key that the record's heads are signed with; every node has the same one. */
  logKeyFile: string
  /** Where the last signed heads are kept outside the database. */
  checkpointDir: string
  /** ≥ 32 characters; signs next-auth's CSRF cookie. Sessions themselves are random and opaque. */
  authSecret: string
  /** Lets a scraper that is not on this machine read /metrics; null: this machine only. */
  metricsToken: string | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'silent'
  /** Shown at sign-in; must be accepted. */
  banner: string
  /** Trust X-Forwarded-For from this many proxies in front; 0 uses the socket's address. */
  trustedProxies: number
  /** The mail server ('smtp://user:password@host:587'); null: mail waits, and links are handed over by hand. */
  smtpUrl: string | null
  /** Who mail comes from. */
  mailFrom: string
  /** A JSON file with this installation's own labels; null: TLP 2.0. */
  markingsFile: string | null
  /** The file of the key that wraps the keys of personal values; null: person-keys in `dataDir`. */
  personKeysFile: string | null
  /** A JSON file that says where the record is streamed to (docs/streams.md); null: nowhere. */
  streamsFile: string | null
  idleMinutes: number
  absoluteHours: number
}

/** Everything that is wrong with the settings, one sentence each. */
export class EnvProblems extends Error {
  override readonly name = 'EnvProblems'
  constructor(readonly sentences: readonly string[]) {
    super(sentences.join(' '))
  }
}

type Source = Readonly<Record<string, string | undefined>>

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const
const SECRET_LENGTH = 32

const BANNER =
  'This workspace is shared by several organisations. What you open and what you change is on record, and the record can be read by auditors of every organisation that takes part. Go on only if you are allowed to use it and accept this.'

/**
 * Reads the settings. Outside production (and in the demonstration) everything has a default and the secret is made once and
 * kept in `dataDir`; in production AUTH_SECRET and PUBLIC_URL must be given.
 * @throws EnvProblems with every problem at once
 */
export const readEnv = (
  source: Source = process.env,
  secretIn: (dataDir: string) => string = keepSecret,
): Env => {
  const problems: string[] = []
  const text = (name: string): string | null => source[name]?.trim() || null
  const whole = (name: string, fallback: number, least: number, most: number): number => {
    const given = text(name)
    if (given === null) return fallback
    const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
    if (value >= least && value <= most) return value
    problems.push(`${name} must be a whole number from ${least} to ${most}.`)
    return fallback
  }

  const demonstration = text('LIAISON_DEMONSTRATION') === '1'
  const production = text('NODE_ENV') === 'production'
  const strict = production && !demonstration
  const port = whole('PORT', 3000, 1, 65_535)
  const dataDir = text('DATA_DIR') ?? './data'
  const logLevel = LOG_LEVELS.find((level) => level === (text('LOG_LEVEL') ?? 'info'))
  if (logLevel === undefined) problems.push(`LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}.`)

  const publicUrl = originOf(text('PUBLIC_URL') ?? (strict ? null : `http://localhost:${port}`), problems)
  const databaseUrl = text('DATABASE_URL')
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl))
    problems.push('DATABASE_URL must begin with postgresql:// (leave it out for the embedded database).')
  const redisUrl = text('REDIS_URL')
  if (redisUrl !== null && !/^rediss?:\/\//.test(redisUrl))
    problems.push('REDIS_URL must begin with redis:// or rediss:// (leave it out for one node).')
  if (redisUrl !== null && databaseUrl === null)
    problems.push(
      'REDIS_URL needs DATABASE_URL: several nodes share one PostgreSQL, the embedded database has one process.',
    )
  const metricsToken = text('METRICS_TOKEN')
  if (metricsToken !== null && metricsToken.length < SECRET_LENGTH)
    problems.push(`METRICS_TOKEN must have at least ${SECRET_LENGTH} characters.`)
  const smtpUrl = text('SMTP_URL')
  if (smtpUrl !== null && !/^smtps?:\/\//.test(smtpUrl))
    problems.push('SMTP_URL must begin with smtp:// or smtps:// (leave it out to hand links over by hand).')
  const mailFrom = text('MAIL_FROM') ?? (smtpUrl === null ? 'liaison@localhost' : null)
  if (mailFrom === null || /[\r\n]/.test(mailFrom))
    problems.push('MAIL_FROM must be the address that mail comes from, such as liaison@agency.example.')
  const givenSecret = readSecret(text('AUTH_SECRET'), strict, problems)

  const env = {
    production,
    demonstration,
    host: text('HOST') ?? '127.0.0.1',
    port,
    publicUrl,
    databaseUrl,
    redisUrl,
    dataDir,
    logKeyFile: text('LOG_KEY_FILE') ?? join(dataDir, 'log-key'),
    checkpointDir: text('CHECKPOINT_DIR') ?? join(dataDir, 'checkpoints'),
    metricsToken,
    logLevel: logLevel ?? 'info',
    banner: text('SIGN_IN_BANNER') ?? BANNER,
    smtpUrl,
    mailFrom: mailFrom ?? '',
    markingsFile: text('MARKINGS_FILE'),
    personKeysFile: text('PERSON_KEYS_FILE'),
    streamsFile: text('STREAMS_FILE'),
    trustedProxies: whole('TRUSTED_PROXIES', 0, 0, 10),
    idleMinutes: whole('IDLE_MINUTES', 30, 5, 24 * 60),
    absoluteHours: whole('ABSOLUTE_HOURS', 12, 1, 24 * 7),
  }
  if (problems.length > 0) throw new EnvProblems(problems)
  return { ...env, authSecret: givenSecret ?? secretIn(dataDir) }
}

const originOf = (given: string | null, problems: string[]): string => {
  if (given === null) {
    problems.push(
      'PUBLIC_URL is missing: set it to the address that people open, such as https://liaison.example.',
    )
    return ''
  }
  const url = URL.canParse(given) ? new URL(given) : null
  const plain =
    url !== null && url.pathname === '/' && url.search === '' && url.hash === '' && url.username === ''
  if (plain && (url.protocol === 'https:' || url.protocol === 'http:')) return url.origin
  problems.push('PUBLIC_URL must be an address without a path, such as https://liaison.example.')
  return ''
}

const readSecret = (given: string | null, strict: boolean, problems: string[]): string | null => {
  if (given !== null && given.length < SECRET_LENGTH)
    problems.push(
      `AUTH_SECRET must have at least ${SECRET_LENGTH} characters; make one with: openssl rand -base64 48`,
    )
  if (given === null && strict)
    problems.push(
      'AUTH_SECRET is missing: set it to a random text that only this server knows; make one with: openssl rand -base64 48',
    )
  return given
}

/** What libraries read from the environment by themselves: sign-in needs the public address, Next must not phone home. */
export const tellLibraries = (env: Env, target: Record<string, string | undefined> = process.env): void => {
  target.NEXTAUTH_URL = env.publicUrl
  target.NEXTAUTH_SECRET = env.authSecret
  target.NEXT_TELEMETRY_DISABLED = '1'
}
