import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'
import { PORTS } from '@/tests/support/journey-server'

/** Real browsers on the built product, on ports and data folders of their own. Build first: `npm run build`. */
const serverOn = (port: number) => {
  const dataDir = join(tmpdir(), `liaison-journeys-${port}`)
  return {
    command: `rm -rf ${dataDir} && exec node server/boot/demo.mjs`,
    env: { PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    url: `${urlOf(port)}/readyz`,
    timeout: 300_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 } as const,
  }
}
const urlOf = (port: number) => `http://localhost:${port}`
const PAGES = 'every-page.spec.ts'

/**
 * Two sides at a time, each with a product and data of its own: what only looks at pages, and the stories. Within a side
 * journeys go one after the other, because they change what is there.
 */
export default defineConfig({
  testDir: 'tests/journeys',
  workers: 2,
  fullyParallel: false,
  timeout: 240_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/journeys.json' }]],
  use: {
    launchOptions: { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] },
    // Pictures and snapshots of every step would take more of the machine than the product and its browsers do.
    trace: { mode: 'retain-on-failure', screenshots: false, snapshots: false, sources: false },
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    // What cannot be clicked after so long never can: said then, and not when the test's whole time is over.
    actionTimeout: 45_000,
  },
  projects: [
    { name: 'stories', testIgnore: PAGES, workers: 1, use: { baseURL: urlOf(PORTS.stories) } },
    { name: 'pages', testMatch: PAGES, workers: 1, use: { baseURL: urlOf(PORTS.pages) } },
  ],
  webServer: [serverOn(PORTS.stories), serverOn(PORTS.pages)],
})
