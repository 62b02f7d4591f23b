import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, section, text } from '@/tests/support/journey'

const TITLE = 'After the water'

/** At the end of the text, on a line of its own. */
const newLine = async (page: Page): Promise<void> => {
  await (await text(page, TITLE)).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Enter')
}

const saved = (page: Page) =>
  expect(section(page, TITLE).getByText('Saved', { exact: true })).toBeVisible({ timeout: 60_000 })

/** By the slash menu. */
const insert = async (page: Page, what: string): Promise<void> => {
  await newLine(page)
  await page.keyboard.type(`/${what}`, { delay: 30 })
  await page
    .getByRole('option', { name: new RegExp(what, 'i') })
    .first()
    .click()
}

const offline = async (context: BrowserContext, page: Page, meanwhile: () => Promise<void>) => {
  await context.setOffline(true)
  await expect(page.getByText('Connection lost')).toBeVisible({ timeout: 60_000 })
  await meanwhile()
  await context.setOffline(false)
  await expect(page.getByText('Connected again')).toBeVisible({ timeout: 60_000 })
}

/** What the record says of one type of event, as an auditor reads it. */
const record = async (page: Page, event: string) => {
  await page.goto(`${new URL(page.url()).pathname}?event=${event}`)
  return page.getByRole('main')
}

test('two people write with everything the editor has, offline and after a reload: no frame is refused', async ({
  browser,
}) => {
  test.slow()
  const mara = await enter(browser, 'mara')
  const tomas = await enter(browser, 'tomas')
  for (const page of [mara, tomas]) await openDocument(page)

  await Promise.all([
    (async () => {
      await newLine(mara)
      await mara.keyboard.type('Pumps stand at the school. ', { delay: 10 })
      await mara.keyboard.press('Control+b')
      await mara.keyboard.type('Diesel for two days.', { delay: 10 })
      await mara.keyboard.press('Control+b')
      for (let i = 0; i < 4; i++) await mara.keyboard.press('Control+z')
      for (let i = 0; i < 3; i++) await mara.keyboard.press('Control+Shift+z')
      await mara.keyboard.press('Shift+Home')
      await mara.keyboard.press('Control+i')
    })(),
    (async () => {
      await newLine(tomas)
      await tomas.keyboard.type('[] Count the sandbags', { delay: 20 })
      await tomas.keyboard.press('Enter')
      await tomas.keyboard.type('Call the shelter', { delay: 20 })
      await tomas.keyboard.press('Enter')
      await tomas.keyboard.press('Tab')
      await tomas.keyboard.type('and the school', { delay: 20 })
    })(),
  ])
  await insert(mara, 'Table')
  await mara.keyboard.type('Gauge', { delay: 10 })
  await mara.keyboard.press('Tab')
  await mara.keyboard.type('Metres', { delay: 10 })
  await newLine(tomas)
  await tomas.evaluate(() => {
    const data = new DataTransfer()
    data.setData(
      'text/html',
      '<h2>Pasted</h2><ul><li>one <b>bold</b></li><li><a href="https://example.org/">two</a></li></ul><p onclick="x()">three</p>',
    )
    data.setData('text/plain', 'Pasted one two three')
    const paste = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true })
    document.activeElement?.dispatchEvent(paste)
  })
  await expect(await text(mara, TITLE)).toContainText('three')
  for (const page of [mara, tomas]) await saved(page)

  await offline(tomas.context(), tomas, async () => {
    await newLine(tomas)
    await tomas.keyboard.type('Typed in the dark.', { delay: 10 })
    await newLine(mara)
    await mara.keyboard.type('Typed meanwhile.', { delay: 10 })
  })
  await saved(tomas)
  await mara.reload()
  await newLine(mara)
  await mara.keyboard.type('After the reload.', { delay: 10 })
  await saved(mara)
  for (const words of [
    'Typed in the dark.',
    'Typed meanwhile.',
    'After the reload.',
    'Metres',
    'and the school',
  ]) {
    await expect(await text(mara, TITLE)).toContainText(words)
    await expect(await text(tomas, TITLE)).toContainText(words)
  }

  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  await ruth
    .getByRole('link', { name: /record/i })
    .first()
    .click()
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText(/record/i)
  const edits = await record(ruth, 'section.edited')
  await expect(edits.getByRole('row').filter({ hasText: TITLE }).first()).toBeVisible()
  const refused = await record(ruth, 'section.frame_refused')
  await expect(refused.getByText('Nothing on record matches')).toBeVisible()
  for (const page of [mara, tomas, ruth]) await page.context().close()
})
