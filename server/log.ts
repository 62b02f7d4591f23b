import pino, { type Logger } from 'pino'
import type { Env } from '@/server/env'

/**
 * One JSON line per fact on standard output. Ids, codes and durations only: never content, never a token, never a
 * query string. The redaction is a second net for whole request objects, not a licence to log them.
 */
export const createLog = (env: Pick<Env, 'logLevel'>, node: string): Logger =>
  pino({
    level: env.logLevel,
    base: { node },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: [
        'cookie',
        'authorization',
        'token',
        'password',
        '*.cookie',
        '*.authorization',
        '*.token',
        '*.password',
      ].concat(['headers', 'req.headers', 'res.headers', '*.passwordHash', '*.authSecret', '*.databaseUrl']),
      censor: '[left out]',
    },
  })
