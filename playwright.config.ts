import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { BASE_URL, PORT } from '@/tests/support/journey-server'

/** Real browsers on the built product, on a port and a data folder of its own. Build first: `npm run build`. */
const dataDir = join(tmpdir(), `liaison-journeys-${PORT}`)

export default defineConfig({
  testDir: 'tests/journeys',
  // One product, one set of data: journeys change it, so they go one after the other.
  workers: 1,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    baseURL: BASE_URL,
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
    trace: 'retain-on-failure',
    locale: 'en-GB',
  },
  webServer: {
    command: `rm -rf ${dataDir} && exec node server/boot/demo.mjs`,
    env: { PORT: String(PORT), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    url: `${BASE_URL}/readyz`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
})
