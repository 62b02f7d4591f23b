import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { freePort, type ServerProcess, spawnServer } from '@/tests/support/server'

/** An empty instance of its own, as `npm start` begins: from the printed link to two signed-in people. */
let server: ServerProcess
let dataDir: string
let base: string

test.beforeAll(async () => {
  const port = Number(process.env.FIRST_RUN_PORT ?? (await freePort()))
  base = `http://localhost:${port}`
  dataDir = await mkdtemp(join(tmpdir(), 'liaison-first-run-'))
  server = spawnServer(['server/boot/start.mjs'], {
    NODE_ENV: 'production',
    PORT: String(port),
    PUBLIC_URL: base,
    AUTH_SECRET: 'only for this journey, and long enough for it',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
  })
  await server.says(/"msg":"ready"/)
})
test.afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const ANA = { name: 'Ana Ruiz', email: 'ana@county.example', password: 'heron under the old bridge' }
const BEN = { name: 'Ben Ode', email: 'ben@county.example', password: 'seven lanterns by the weir' }

/** axe's rules for WCAG 2.2 AA, at phone and desktop width, light and dark; and no sideways scrolling. */
const isAccessible = async (page: Page) => {
  for (const colorScheme of ['light', 'dark'] as const)
    for (const width of [390, 1920]) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height: 900 })
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => [id, ...nodes.map((node) => node.html)])).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
}

const signIn = async (page: Page, who: { email: string; password: string }) => {
  const accept = page.getByRole('checkbox', { name: 'I have read this and accept it' })
  const email = page.getByLabel('E-mail address')
  // Until the page has come alive a click is not heard.
  await expect(async () => {
    await accept.check()
    await expect(email).toBeEnabled({ timeout: 500 })
  }).toPass()
  await email.fill(who.email)
  await page.getByLabel('Password', { exact: true }).fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

test('from an empty instance to people who come, are shown out and come back', async ({ browser }) => {
  test.setTimeout(300_000)
  const context = await browser.newContext({ baseURL: base })
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security|hydrat/i.test(message.text()))
      complaints.push(message.text())
  })
  const asked: string[] = []
  context.on('request', (request) => asked.push(request.url()))
  const token = /\/set-up#([A-Za-z0-9_-]{43})/.exec(server.output())?.[1] ?? ''
  expect(token).not.toBe('')

  await test.step('the printed link sets up the first organisation, once', async () => {
    await page.goto(`/set-up#${token}`)
    await page.getByLabel('Name of the organisation').fill('County Emergency Office')
    await expect(page).toHaveURL(`${base}/set-up`)
    await page.getByLabel('Short code').fill('cnty')
    await page.getByRole('radio', { name: 'Teal' }).check({ force: true })
    await page.getByLabel('Your name').fill(ANA.name)
    await page.getByLabel('Your e-mail address').fill(ANA.email)
    await page.getByLabel('New password').fill('too short')
    await expect(page.getByText('Too short: 6 more characters')).toBeVisible()
    await isAccessible(page)
    await page.getByLabel('New password').fill(ANA.password)
    await page.getByRole('button', { name: 'Set up' }).click()
    await expect(page.getByText('This instance is set up.')).toBeVisible()
    const again = await context.newPage()
    await again.goto(`/set-up#${token}`)
    await expect(again.getByText('This link has been used already or has run out.')).toBeVisible()
    await again.close()
  })

  await test.step('the notice first, then a wrong password says so, then the right one', async () => {
    await page.getByRole('link', { name: 'Sign in' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible()
    await expect(page.getByLabel('E-mail address')).toBeDisabled()
    await isAccessible(page)
    await signIn(page, { ...ANA, password: 'not this one, surely' })
    await expect(page.getByText('do not go together')).toBeVisible()
    await isAccessible(page)
    await signIn(page, ANA)
    await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeHidden()
    const cookie = (await context.cookies()).find(({ name }) => name === 'liaison-session')
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax' })
  })

  let link = ''
  await test.step('an administrator adds a person and copies the one-time link', async () => {
    await page.goto('/organisation/people')
    await isAccessible(page)
    await page.getByRole('button', { name: 'Add a person' }).click()
    await page.getByLabel('Name', { exact: true }).fill(BEN.name)
    await page.getByLabel('E-mail address').fill(BEN.email)
    await page.getByRole('button', { name: 'Add and make link' }).click()
    link = await page.getByLabel('One-time link').inputValue()
    expect(link).toMatch(new RegExp(`^${base}/set-password#[A-Za-z0-9_-]{43}$`))
    await page.getByRole('button', { name: 'Copy link' }).click()
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link)
    await isAccessible(page)
    await page.getByRole('button', { name: 'Done' }).click()
    await expect(page.getByText('Has not set a password yet')).toBeVisible()
  })

  const elsewhere = await browser.newContext({ baseURL: base })
  const other = await elsewhere.newPage()
  await test.step('that person sets a password and signs in', async () => {
    await other.goto(link)
    await expect(other.getByText(`For ${BEN.name} of County Emergency Office.`)).toBeVisible()
    await isAccessible(other)
    await other.getByLabel('New password').fill(BEN.password)
    await other.getByRole('button', { name: 'Set password' }).click()
    await other.getByRole('link', { name: 'Sign in' }).click()
    await signIn(other, BEN)
    await other.waitForURL(`${base}/`)
  })

  await test.step('a suspension shows that person out at once', async () => {
    await page.getByRole('button', { name: `Suspend ${BEN.name}` }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Suspend' }).click()
    await expect(page.getByRole('button', { name: `Reinstate ${BEN.name}` })).toBeVisible()
    await other.goto('/account')
    await expect(other).toHaveURL(/\/sign-in\?next=%2Faccount/)
    await signIn(other, BEN)
    await expect(other.getByText('This account is suspended.')).toBeVisible()
    await page.getByRole('button', { name: `Reinstate ${BEN.name}` }).click()
    await expect(page.getByRole('button', { name: `Suspend ${BEN.name}` })).toBeVisible()
  })

  await test.step('signing out the others', async () => {
    const third = await browser.newContext({ baseURL: base })
    const phone = await third.newPage()
    await phone.goto('/sign-in?next=/account')
    await signIn(phone, ANA)
    await phone.waitForURL(`${base}/account`)
    await page.goto('/account')
    await page.getByRole('button', { name: 'Sign out the others' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Sign out the others' }).click()
    await expect(page.getByRole('button', { name: /^Sign out Chrome/ })).toHaveCount(0)
    await phone.reload()
    await expect(phone).toHaveURL(/\/sign-in\?next=%2Faccount/)
    await third.close()
  })

  await test.step('two minutes before the idle limit: a question; then the door, in every tab', async () => {
    await page.clock.install()
    await page.goto('/account')
    await expect(page.getByRole('heading', { level: 1, name: ANA.name })).toBeVisible()
    await page.waitForLoadState('networkidle')
    await page.clock.fastForward('28:05')
    await expect(page.getByRole('alertdialog', { name: 'Are you still there?' })).toBeVisible()
    await isAccessible(page)
    await page.getByRole('button', { name: 'Stay signed in' }).click()
    await expect(page.getByRole('alertdialog')).toBeHidden()
    const tab = await context.newPage()
    await tab.goto('/account')
    await expect(tab.getByRole('heading', { level: 1, name: ANA.name })).toBeVisible()
    await tab.waitForLoadState('networkidle')
    await page.clock.fastForward('30:05')
    for (const one of [page, tab]) {
      await expect(one).toHaveURL(/\/sign-in\?next=%2Faccount&reason=idle/)
      await expect(one.getByText('nothing was typed or clicked for a while')).toBeVisible()
    }
    await tab.close()
  })

  await test.step('leaving on purpose', async () => {
    await signIn(page, ANA)
    await page.waitForURL(`${base}/account`)
    await page.getByRole('main').getByRole('button', { name: 'Sign out', exact: true }).click()
    await expect(page).toHaveURL(`${base}/sign-in?reason=left`)
    await expect(page.getByText('You have signed out.')).toBeVisible()
    expect((await context.cookies()).some(({ name }) => name === 'liaison-session')).toBe(false)
  })

  expect(complaints).toEqual([])
  for (const secret of [token, link.split('#')[1] ?? '', ANA.password]) {
    // The page's own first address holds the fragment in the browser's view of it; nothing is sent with it.
    expect(asked.filter((url) => (url.split('#')[0] ?? '').includes(secret))).toEqual([])
    expect(server.output().replace(`/set-up#${token}`, '')).not.toContain(secret)
  }
})
