import { gzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { type Browser, expect, type Page, test } from '@playwright/test'
import type { PersonKey } from '@/server/demonstration/people'
import { enter, openDocument, openWorkspace, text } from '@/tests/support/journey'

interface PageCase {
  name: string
  who: PersonKey | null
  open(page: Page): Promise<void>
  /** KiB of JavaScript, gzip, that the page loads. */
  budget: number
}

const at = (path: string) => async (page: Page) => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const PAGES: PageCase[] = [
  { name: 'sign in', who: null, open: at('/sign-in'), budget: 200 },
  { name: 'set up', who: null, open: at('/set-up'), budget: 200 },
  { name: 'set a password', who: null, open: at('/set-password'), budget: 200 },
  { name: 'my workspaces', who: 'mara', open: at('/'), budget: 200 },
  { name: 'workspace', who: 'mara', open: openWorkspace, budget: 200 },
  {
    name: 'members',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/members`)(page)
    },
  },
  {
    name: 'record',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record`)(page)
    },
  },
  { name: 'account', who: 'mara', open: at('/account'), budget: 200 },
  // The address of a document: its script is there before the answer is.
  { name: 'nothing here', who: 'mara', open: at('/d/00000000-0000-7000-8000-000000000000'), budget: 550 },
  {
    name: 'document',
    who: 'mara',
    budget: 550,
    open: async (page) => {
      await openDocument(page)
      await expect(await text(page, 'Purpose and scope')).toContainText('This plan says how')
    },
  },
]

/**
 * What the editor's own blocks break inside a section's text, and nowhere else: the box of a check list item has no name
 * of its own (its text stands beside it) and is 13 px; a table wider than the page scrolls by its cells' focus only.
 */
const OF_THE_EDITOR = new Set(['label', 'target-size', 'scrollable-region-focusable'])
const inText = /^(<input type="checkbox"|<div class="tableWrapper")/

const pageOf = async (
  browser: Browser,
  who: PersonKey | null,
  colorScheme: 'light' | 'dark',
): Promise<Page> =>
  who === null ? (await browser.newContext({ colorScheme })).newPage() : enter(browser, who, { colorScheme })

for (const { name, who, open, budget } of PAGES) {
  for (const colorScheme of ['light', 'dark'] as const)
    test(`${name}: axe finds nothing, ${colorScheme}`, async ({ browser }) => {
      const page = await pageOf(browser, who, colorScheme)
      const complaints: string[] = []
      page.on('console', (message) => {
        if (/content security policy|hydrat/i.test(message.text())) complaints.push(message.text())
      })
      page.on('pageerror', (error) => complaints.push(error.message))
      await open(page)
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      const found = violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })))
      const ours = found.filter(({ id, html }) => !(OF_THE_EDITOR.has(id) && inText.test(html)))
      expect(ours.map(({ id, html }) => `${id}: ${html.slice(0, 200)}`)).toEqual([])
      expect(complaints).toEqual([])
      await page.context().close()
    })

  test(`${name}: at most ${budget} KiB of JavaScript; nothing from elsewhere; no sideways scrolling at 390 px`, async ({
    browser,
    baseURL,
  }) => {
    const page = await pageOf(browser, who, 'light')
    await open(page)
    // A fresh load of the page itself, without what earlier pages left in the cache.
    const address = page.url()
    await page.setViewportSize({ width: 390, height: 844 })
    const scripts = new Map<string, Promise<number>>()
    const foreign: string[] = []
    page.on('response', (response) => {
      const url = response.url()
      if (!url.startsWith(String(baseURL)) && !url.startsWith('data:') && !url.startsWith('blob:'))
        foreign.push(url)
      if (response.request().resourceType() === 'script')
        scripts.set(
          url,
          response.body().then((body) => gzipSync(body).byteLength),
        )
    })
    const session = await page.context().newCDPSession(page)
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    await page.goto(address, { waitUntil: 'networkidle' })
    if (name === 'document') await text(page, 'Purpose and scope')
    const sizes = await Promise.all(scripts.values())
    const kib = sizes.reduce((sum, size) => sum + size, 0) / 1024
    test.info().annotations.push({
      type: 'figure',
      description: `${name}: ${kib.toFixed(0)} KiB of JavaScript in ${sizes.length} files`,
    })
    expect(sizes.length).toBeGreaterThan(0)
    expect(kib).toBeLessThanOrEqual(budget)
    expect(foreign).toEqual([])
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect(sideways).toBeLessThanOrEqual(0)
    await page.context().close()
  })
}
