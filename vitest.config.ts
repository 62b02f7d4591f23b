import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Needs what a machine may not have: left out, in so many words, where it is not there. */
const NEEDS = [
  {
    files: 'tests/**/postgresql.*.test.ts',
    there: Boolean(process.env.TEST_DATABASE_URL),
    when: 'TEST_DATABASE_URL names a PostgreSQL server',
  },
  {
    files: 'tests/**/rsyslog.test.ts',
    there: ['x86_64', 'aarch64'].some((arch) =>
      existsSync(`/usr/lib/${arch}-linux-gnu/rsyslog/lmnsd_gtls.so`),
    ),
    when: 'rsyslogd is there with its TLS module (Debian: rsyslog, rsyslog-gnutls)',
  },
]
const leftOut = NEEDS.filter(({ there }) => !there).map(({ files, when }) => {
  process.stderr.write(`Left out: ${files}. They run when ${when}.\n`)
  return files
})

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/journeys/**', 'node_modules/**', ...leftOut],
    // Most files wait for sockets and disks: one fewer than there are cores, vitest's choice, leaves half of two cores idle.
    maxWorkers: '100%',
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
