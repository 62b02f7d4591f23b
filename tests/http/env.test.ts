import { describe, expect, it } from 'vitest'
import { EnvProblems, readEnv } from '@/server/env'

const secret = 'x'.repeat(32)
const kept = (): string => 'kept beside the data, long enough'
const good = { NODE_ENV: 'production', AUTH_SECRET: secret, PUBLIC_URL: 'https://liaison.example' }

const problemsOf = (source: Record<string, string>): readonly string[] => {
  try {
    readEnv(source, () => {
      throw new Error('must not ask for the kept secret')
    })
  } catch (problem) {
    if (problem instanceof EnvProblems) return problem.sentences
    throw problem
  }
  return []
}

describe('settings', () => {
  it('production refuses to start without its secret and address, and says which', () => {
    const sentences = problemsOf({ NODE_ENV: 'production' })
    expect(sentences).toHaveLength(2)
    expect(sentences.join(' ')).toContain('AUTH_SECRET is missing')
    expect(sentences.join(' ')).toContain('PUBLIC_URL is missing')
  })

  it.each([
    ['a short secret', { ...good, AUTH_SECRET: 'short' }, 'AUTH_SECRET must have at least 32'],
    ['an address with a path', { ...good, PUBLIC_URL: 'https://x.example/app' }, 'PUBLIC_URL must be'],
    ['an address with credentials', { ...good, PUBLIC_URL: 'https://a:b@x.example' }, 'PUBLIC_URL must be'],
    ['another scheme', { ...good, PUBLIC_URL: 'ftp://x.example' }, 'PUBLIC_URL must be'],
    ['a port that is none', { ...good, PORT: '99999' }, 'PORT must be'],
    ['a port with letters', { ...good, PORT: '30x' }, 'PORT must be'],
    ['another database', { ...good, DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin'],
    ['Redis without PostgreSQL', { ...good, REDIS_URL: 'redis://x' }, 'REDIS_URL needs DATABASE_URL'],
    [
      'another Redis',
      { ...good, DATABASE_URL: 'postgres://x/y', REDIS_URL: 'http://x' },
      'REDIS_URL must begin',
    ],
    ['a guessable token', { ...good, METRICS_TOKEN: 'x' }, 'METRICS_TOKEN must have'],
    ['an unknown log level', { ...good, LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be'],
  ])('says what is wrong with %s in one sentence', (_, source, sentence) => {
    const sentences = problemsOf(source)
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(sentence)
  })

  it('never repeats a value', () => {
    const sentences = problemsOf({ ...good, AUTH_SECRET: 'hunter2', DATABASE_URL: 'mysql://u:pass@h/d' })
    expect(sentences.join(' ')).not.toMatch(/hunter2|pass@/)
  })

  it('gives defaults outside production, and keeps a secret', () => {
    const env = readEnv({ PORT: '4711' }, kept)
    expect(env).toMatchObject({
      production: false,
      publicUrl: 'http://localhost:4711',
      host: '127.0.0.1',
      databaseUrl: null,
      authSecret: kept(),
      personKeysFile: null,
    })
    expect(readEnv({ PERSON_KEYS_FILE: '/keys/liaison' }, kept).personKeysFile).toBe('/keys/liaison')
  })

  it('streams are where a file says, and there are none without one', () => {
    expect(readEnv({}, kept).streamsFile).toBeNull()
    expect(readEnv({ STREAMS_FILE: ' ' }, kept).streamsFile).toBeNull()
    expect(readEnv({ STREAMS_FILE: '/etc/liaison/streams.json' }, kept).streamsFile).toBe(
      '/etc/liaison/streams.json',
    )
  })

  it('the key of the record and what it signed lie beside the data, or where they are told to', () => {
    expect(readEnv({ DATA_DIR: '/data' }, kept)).toMatchObject({
      logKeyFile: '/data/log-key',
      checkpointDir: '/data/checkpoints',
    })
    expect(readEnv({ LOG_KEY_FILE: '/keys/log', CHECKPOINT_DIR: '/elsewhere' }, kept)).toMatchObject({
      logKeyFile: '/keys/log',
      checkpointDir: '/elsewhere',
    })
  })

  it('the demonstration is a production build that needs no secrets', () => {
    const env = readEnv({ NODE_ENV: 'production', LIAISON_DEMONSTRATION: '1' }, kept)
    expect(env).toMatchObject({ production: true, demonstration: true, publicUrl: 'http://localhost:3000' })
  })

  it('writes the address as browsers send it in Origin', () => {
    expect(readEnv({ ...good, PUBLIC_URL: 'https://LIAISON.example:443/' }).publicUrl).toBe(
      'https://liaison.example',
    )
  })
})
