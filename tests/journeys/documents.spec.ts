import { expect, type Page, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, sectionTitles } from '@/tests/support/journey'

const LESSONS = 'Exercise High Water: lessons'
const HANDBOOK = 'Handbook of warning wording'
const MADE = 'Exercise Low Water: lessons'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

const choose = async (page: Page, of: string, item: string) => {
  await page.getByRole('button', { name: of, exact: true }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** The titles below one document in the sidebar. */
const below = (page: Page, title: string) =>
  page
    .getByRole('region', { name: 'Workspaces' })
    .getByRole('listitem')
    .filter({ has: page.getByRole('link', { name: title, exact: true }) })
    .last()
    .getByRole('list')

test('a document is moved by its menu, and moved back', async ({ browser }) => {
  const ines = await enter(browser, 'ines')
  await openWorkspace(ines)
  await choose(ines, `More for ${HANDBOOK}`, 'Move to …')
  await dialog(ines)
    .getByLabel('Below')
    .selectOption({ label: `\u00a0\u00a0\u00a0Flood response plan, River Tarn` })
  await dialog(ines).getByRole('button', { name: 'Move here' }).click()
  await expect(dialog(ines)).toBeHidden()
  await expect(below(ines, 'Flood response plan, River Tarn')).toContainText(HANDBOOK)
  await choose(ines, `More for ${HANDBOOK}`, 'Move to …')
  await dialog(ines).getByLabel('Below').selectOption({ label: 'River Tarn flood partnership' })
  await dialog(ines).getByRole('button', { name: 'Move here' }).click()
  await expect(below(ines, 'Flood response plan, River Tarn')).not.toContainText(HANDBOOK)
  await ines.context().close()
})

test('a template makes documents that show nobody more than it does', async ({ browser }) => {
  const mara = await enter(browser, 'mara')
  await openDocument(mara, LESSONS)
  const titles = await sectionTitles(mara)
  await choose(mara, 'More for this document', 'Offer as a template')
  await expect(mara.getByText('Template', { exact: true })).toBeVisible()

  await openWorkspace(mara)
  await choose(mara, 'From a template', LESSONS)
  await expect(dialog(mara).getByText('Nobody gets more of it')).toBeVisible()
  await dialog(mara).getByLabel('Title').fill(MADE)
  await dialog(mara).getByRole('button', { name: 'Make the document' }).click()
  await expect(mara.getByRole('heading', { level: 1, name: MADE })).toBeVisible()
  await expect.poll(() => sectionTitles(mara)).toEqual(titles)

  await choose(mara, 'More for this document', 'Duplicate …')
  await expect(dialog(mara).getByLabel('Title')).toHaveValue(`${MADE} (copy)`)
  await expect(dialog(mara).getByText('Nobody gets more of it')).toBeVisible()
  await dialog(mara).getByRole('button', { name: 'Duplicate', exact: true }).click()
  await expect(mara.getByRole('heading', { level: 1, name: `${MADE} (copy)` })).toBeVisible()
  await expect.poll(() => sectionTitles(mara)).toEqual(titles)

  // As before, for whoever walks here next.
  for (const title of [`${MADE} (copy)`, MADE]) {
    await openDocument(mara, title)
    await choose(mara, 'More for this document', 'Archive')
    await dialog(mara).getByRole('button', { name: 'Archive' }).click()
    await expect(dialog(mara)).toBeHidden()
  }
  await openDocument(mara, LESSONS)
  await choose(mara, 'More for this document', 'No longer a template')
  await expect(mara.getByText('Template', { exact: true })).toHaveCount(0)
  await mara.context().close()
})
