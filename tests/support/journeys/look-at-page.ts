import { gzipSync } from 'node:zlib'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, type Response } from '@playwright/test'

/**
 * What the editor's own blocks break inside a section's text, and nowhere else: the box of a check list item has no name
 * of its own (its text stands beside it) and is 13 px; a table wider than the page scrolls by its cells' focus only.
 */
const OF_THE_EDITOR = new Set(['label', 'target-size', 'scrollable-region-focusable'])
const inText = /^(<input type="checkbox"|<div class="tableWrapper")/

/** What axe finds, without what the editor's own blocks break. */
export const foundByAxe = async (page: Page): Promise<string[]> => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => ({ id, html })))
    .filter(({ id, html }) => !(OF_THE_EDITOR.has(id) && inText.test(html)))
    .map(({ id, html }) => `${id}: ${html.slice(0, 200)}`)
}

const backgroundOf = (page: Page): Promise<string> =>
  page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor)

/** The same page in its other colours, once they are all there. */
export const darken = async (page: Page): Promise<void> => {
  const light = await backgroundOf(page)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expect.poll(() => backgroundOf(page)).not.toBe(light)
  // The editors are told in a turn of their own.
  await expect(page.locator('[data-color-scheme="light"]')).toHaveCount(0)
  await page.evaluate(() =>
    Promise.all(document.getAnimations().map(({ finished }) => finished.catch(() => undefined))),
  )
}

interface Loaded {
  /** KiB of JavaScript, gzip, of ours and of the library of pictures; in how many files. */
  kib: number
  library: number
  files: number
  /** Addresses that are not ours. */
  foreign: string[]
}

/**
 * A fresh load of one address at 390 px, without what earlier pages left in the cache. Only what it asks for itself counts:
 * the page before is gone, with all that it still waited for, before anything is listened to.
 */
export const loadAfresh = async (
  page: Page,
  address: string,
  whole: () => Promise<unknown>,
): Promise<Loaded> => {
  await page.goto('about:blank')
  await page.setViewportSize({ width: 390, height: 844 })
  const session = await page.context().newCDPSession(page)
  await session.send('Network.setCacheDisabled', { cacheDisabled: true })
  const { origin } = new URL(address)
  const responses: Response[] = []
  page.on('response', (response) => responses.push(response))
  await page.goto(address, { waitUntil: 'networkidle' })
  await whole()
  const scripts = new Map(
    responses
      .filter((response) => response.request().resourceType() === 'script')
      .map((response) => [response.url(), response]),
  )
  const read = await Promise.all(
    [...scripts.values()].map(async (script) => {
      const body = await script.body()
      return { kib: gzipSync(body).byteLength / 1024, isLibrary: body.includes('[ECharts]') }
    }),
  )
  const sum = (library: boolean) =>
    read.filter(({ isLibrary }) => isLibrary === library).reduce((all, { kib }) => all + kib, 0)
  return {
    kib: sum(false),
    library: sum(true),
    files: read.length,
    foreign: responses.map((response) => response.url()).filter((url) => !isOurs(url, origin)),
  }
}

const isOurs = (url: string, origin: string): boolean =>
  url.startsWith(`${origin}/`) || url.startsWith('data:') || url.startsWith('blob:')
