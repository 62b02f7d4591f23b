import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Needs a real server: left out, in so many words, where none is named. */
const NEEDS_POSTGRESQL = 'tests/**/postgresql.*.test.ts'
const leftOut = process.env.TEST_DATABASE_URL ? [] : [NEEDS_POSTGRESQL]
if (leftOut.length > 0) {
  process.stderr.write(
    `Left out: ${NEEDS_POSTGRESQL}. They run when TEST_DATABASE_URL names a PostgreSQL server.\n`,
  )
}

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    exclude: ['tests/journeys/**', 'node_modules/**', ...leftOut],
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
})
