import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { freePort, type ServerProcess, spawnServer } from '@/tests/support/server'

const READY = /"msg":"ready"/

test('the demonstration keeps its data over a restart, and SIGTERM ends it cleanly', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-restart-'))
  const port = await freePort()
  const start = (): ServerProcess =>
    spawnServer(['server/boot/demo.mjs'], { PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'info' })
  const began = Date.now()
  const first = start()
  await first.says(READY)
  const seconds = (Date.now() - began) / 1000
  test
    .info()
    .annotations.push({ type: 'figure', description: `first start: ${seconds.toFixed(1)} s to ready` })
  expect(first.output()).toContain('DEMONSTRATION')
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)

  const second = spawnServer(['server/boot/demo.mjs'], { PORT: String(await freePort()), DATA_DIR: folder })
  expect(await second.exited).toBe(1)
  expect(second.output()).toMatch(/^Liaison cannot start\. [^\n]+\n$/m)

  const asked = Date.now()
  expect(await first.stop()).toBe(0)
  expect(Date.now() - asked).toBeLessThan(10_000)

  const again = start()
  await again.says(READY)
  expect((await fetch(`http://localhost:${port}/readyz`)).status).toBe(200)
  expect(await again.stop('SIGINT')).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

test('production on an empty database prints a one-time link, and the link opens the set-up', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'liaison-empty-'))
  const port = await freePort()
  const publicUrl = `http://localhost:${port}`
  const server = spawnServer(['server/boot/start.mjs'], {
    PORT: String(port),
    DATA_DIR: folder,
    PUBLIC_URL: publicUrl,
    AUTH_SECRET: 'only for this journey, and long enough for it',
  })
  await server.says(READY)
  const link = server.output().match(/http:\/\/localhost:\d+\/set-up#\S+/)?.[0] ?? ''
  expect(link.startsWith(`${publicUrl}/set-up#`)).toBe(true)
  for (const line of server
    .output()
    .split('\n')
    .filter((said) => said.startsWith('{')))
    expect(line).not.toContain(link.split('#')[1])
  await page.goto(link)
  await expect(page.getByLabel(/organisation/i).first()).toBeVisible()
  expect((await page.request.get(`${publicUrl}/metrics`)).status()).toBe(404)
  expect(await server.stop()).toBe(0)
  rmSync(folder, { recursive: true, force: true })
})

test('what is ticked before the page has come alive counts', async ({ page }) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await page.route(/\/_next\/static\/.*\.js/, async (route) => {
    await held
    await route.continue()
  })
  await page.goto('/sign-in', { waitUntil: 'commit' })
  await page.getByRole('checkbox', { name: 'I have read this and accept it' }).check()
  await expect(page.getByLabel('E-mail address')).toBeDisabled()
  release()
  await expect(page.getByLabel('E-mail address')).toBeEnabled()
})
