import { readFileSync } from 'node:fs'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { enter } from '@/tests/support/journey'
import { liveALittle, openSealedBed } from '@/tests/support/record/sealed-bundle'

let good: string
test.beforeAll(async () => {
  const bed = await openSealedBed()
  await liveALittle(bed)
  await bed.seal(bed.world.orgs.weather, bed.world.orgs.hospital)
  good = await bed.bundle()
  await bed.close()
})

const give = (page: Page, name: string, text: string) =>
  page
    .getByLabel('Choose a bundle, or drop it here')
    .setInputFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(text) })

const axeFindsNothing = async (page: Page) => {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(
    violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 150)}`)),
  ).toEqual([])
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`a bundle is checked in the browser, by whoever holds it, and nothing is sent: ${colorScheme}`, async ({
    browser,
  }) => {
    const page = await (await browser.newContext({ colorScheme })).newPage()
    await page.goto('/verify')
    const sent: string[] = []
    page.on('request', (request) => {
      // The verifier's own code comes with the first file; the browser fetches the page's icon when it likes.
      const { pathname, search } = new URL(request.url())
      const isOurs = pathname.startsWith('/_next/static/') || pathname === '/icon.svg'
      if (request.method() !== 'GET' || !isOurs || (search !== '' && pathname !== '/icon.svg'))
        sent.push(`${request.method()} ${request.url()}`)
    })
    await give(page, 'good.jsonl', good)
    await expect(page.getByText('It holds. Nothing was changed, put in or taken out.')).toBeVisible()
    await expect(page.getByText(/by 2 of 2 agencies besides the host/)).toBeVisible()
    await expect(page.getByText(/decisions made again: \d+ alike, 0 not/)).toBeVisible()
    await axeFindsNothing(page)
    const bad = good.replace(/"outcome\\":\\"denied/, '"outcome\\":\\"failed')
    expect(bad).not.toBe(good)
    const line = bad.split('\n').find((text, i) => text !== good.split('\n')[i]) ?? ''
    const { index } = JSON.parse(line) as { index: number }
    await give(page, 'bad.jsonl', bad)
    await expect(page.getByText('It was tampered with.')).toBeVisible()
    await expect(page.getByRole('row', { name: new RegExp(`^${index} .*it was changed`) })).toBeVisible()
    await axeFindsNothing(page)
    expect(sent).toEqual([])
    await page.context().close()
  })

test('the next bundle goes on from the heads that were saved; the verifier itself can be taken away', async ({
  browser,
}) => {
  const page = await enter(browser, 'ruth')
  await page.goto('/verify')
  await give(page, 'good.jsonl', good)
  const heads = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save its heads, to go on from next time' }).click()
  const saved = readFileSync(await (await heads).path(), 'utf8')
  const other = JSON.parse(saved) as { trees: Record<string, { root: string }> }
  for (const head of Object.values(other.trees)) head.root = '00'.repeat(32)
  const before = page.getByLabel('Heads that you saved last time (optional)')
  const hand = (text: string) =>
    before.setInputFiles({ name: 'heads.json', mimeType: 'application/json', buffer: Buffer.from(text) })
  await hand(saved)
  await expect(page.getByText('The next bundle must go on from heads.json.')).toBeVisible()
  await give(page, 'again.jsonl', good)
  await expect(page.getByText('Goes on from')).toBeVisible()
  await hand(JSON.stringify(other))
  await give(page, 'forked.jsonl', good)
  await expect(page.getByText(/another history than the one saved/)).toBeVisible()
  for (const name of ['verify.mjs', 'replay.mjs']) {
    const download = page.waitForEvent('download')
    await page.getByRole('link', { name: `Download ${name}` }).click()
    expect(readFileSync(await (await download).path(), 'utf8')).toBe(
      readFileSync(`lib/verifier/${name}`, 'utf8'),
    )
  }
  await page.context().close()
})
