import { expect, type Page, test } from '@playwright/test'
import { enter, goToEnd, openDocument, section, text, typeInto } from '@/tests/support/journey'

const TITLE = 'Purpose and scope'

test('two, then three agencies write one section; each sees who is there and what is saved', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const ines = await enter(browser, 'ines')
  await openDocument(mara)
  await openDocument(ines)

  await typeInto(mara, TITLE, 'The county writes this line.')
  await expect(await text(ines, TITLE)).toContainText('The county writes this line.')
  await typeInto(ines, TITLE, 'The forecasters answer.')
  await expect(await text(mara, TITLE)).toContainText('The forecasters answer.')

  const amara = await enter(browser, 'amara')
  await openDocument(amara)
  await expect(await text(amara, TITLE)).toContainText('The forecasters answer.')
  await typeInto(amara, TITLE, 'The hospitals agree.')
  await expect(await text(mara, TITLE)).toContainText('The hospitals agree.')
  await expect(await text(ines, TITLE)).toContainText('The hospitals agree.')

  // Names and agencies are what the server says of each, not what a browser claims.
  const here = section(mara, TITLE).getByRole('button', { name: /In this section now/ })
  await expect(here).toHaveAccessibleName(/Ines Duarte, METEO/)
  await expect(here).toHaveAccessibleName(/Amara Nwosu, HOSP/)
  for (const page of [mara, ines, amara]) await page.context().close()
})

test('two people who type at once keep every word of both', async ({ browser }) => {
  const mara = await enter(browser, 'mara')
  const tomas = await enter(browser, 'tomas')
  await openDocument(mara)
  await openDocument(tomas)
  await Promise.all([
    typeInto(mara, 'After the water', 'alpha bravo charlie delta echo foxtrot'),
    typeInto(tomas, 'Calls and contact', 'one two three four five six seven'),
  ])
  await Promise.all([
    typeInto(mara, 'Calls and contact', 'golf hotel india juliett kilo lima'),
    typeInto(tomas, 'After the water', 'eight nine ten eleven twelve'),
  ])
  for (const page of [mara, tomas]) {
    await expect(await text(page, 'After the water')).toContainText('eight nine ten eleven twelve')
    await expect(await text(page, 'After the water')).toContainText('alpha bravo charlie')
    await expect(await text(page, 'Calls and contact')).toContainText('golf hotel india juliett kilo lima')
    await expect(await text(page, 'Calls and contact')).toContainText('one two three four five six seven')
  }
  for (const page of [mara, tomas]) await page.context().close()
})

test('what is typed while the connection is lost is kept, said so, and sent when it is back', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const tomas = await enter(browser, 'tomas')
  await openDocument(mara)
  await openDocument(tomas)
  const title = 'Who decides what'
  await typeInto(tomas, title, 'Before the cable was cut.')
  await expect(await text(mara, title)).toContainText('Before the cable was cut.')

  await tomas.context().setOffline(true)
  await expect(tomas.getByText('Connection lost')).toBeVisible({ timeout: 60_000 })
  await goToEnd(tomas, title)
  await tomas.keyboard.type(' Typed in the dark.')
  await expect(section(tomas, title).getByText('Not saved yet')).toBeVisible()
  await typeInto(mara, 'Purpose and scope', 'Others go on meanwhile.')
  // Both change the kind of one block: an editor that met two of them would delete both, on every screen.
  const headings = async (page: Page) => (await text(page, title)).locator('[data-content-type="heading"]')
  const before = await (await headings(mara)).count()
  await tomas.keyboard.press('Control+Alt+2')
  await expect(await headings(tomas)).toHaveCount(before + 1)
  await (await text(mara, title)).getByText('Before the cable was cut.').click()
  await expect(await text(mara, title)).toBeFocused()
  await mara.keyboard.press('Control+Alt+1')
  await expect(await headings(mara)).toHaveCount(before + 1)
  await expect(section(mara, title).getByText('Saved', { exact: true })).toBeVisible()

  await tomas.context().setOffline(false)
  await expect(tomas.getByText('Connected again')).toBeVisible({ timeout: 60_000 })
  await expect(await text(mara, title)).toContainText('Typed in the dark.')
  // The first change stands, and words that stood only in the second are a block of their own.
  for (const page of [mara, tomas]) await expect(await headings(page)).toHaveCount(before + 2)
  await expect(section(tomas, title).getByText('Saved', { exact: true })).toBeVisible()
  for (const page of [mara, tomas]) await page.context().close()
})
