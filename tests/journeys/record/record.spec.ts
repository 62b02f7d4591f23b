import { expect, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, text } from '@/tests/support/journey'

test('an auditor sees who opened what, and the rule that decided, and no content', async ({ browser }) => {
  const jonas = await enter(browser, 'jonas')
  await openDocument(jonas)
  await text(jonas, 'Warning levels')

  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  await ruth
    .getByRole('link', { name: /record/i })
    .first()
    .click()
  await expect(ruth.getByRole('heading', { level: 1 })).toContainText(/record/i)
  const opened = ruth
    .getByRole('row')
    .filter({ hasText: 'Jonas Weidmann' })
    .filter({ hasText: 'opened “Warning levels”' })
  await expect(opened.first()).toBeVisible()
  await expect(opened.first()).toContainText(/R\d/)
  // Her own look is on record as well.
  await ruth.reload()
  await expect(
    ruth
      .getByRole('row')
      .filter({ hasText: 'Ruth Adeyemi' })
      .filter({ hasText: 'looked at the record' })
      .first(),
  ).toBeVisible()
  expect(await ruth.content()).not.toContain('A level is raised on the forecast')
  for (const page of [jonas, ruth]) await page.context().close()
})

test('the desk answers who read a section, shows one entry, leaves out, keeps and follows', async ({
  browser,
}) => {
  const jonas = await enter(browser, 'jonas')
  await openDocument(jonas)
  await text(jonas, 'Warning levels')

  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  await ruth.goto(`${ruth.url()}/record`)
  // Two clicks: the question, and about what.
  await ruth.getByRole('button', { name: 'Ask a question' }).click()
  await ruth.getByRole('button', { name: /^Who read this section/ }).click()
  await ruth.getByLabel('Section', { exact: true }).selectOption({ label: 'Warning levels' })
  await ruth.getByRole('button', { name: 'Answer', exact: true }).click()
  const answer = ruth.getByRole('region', { name: 'Who read this section?' })
  await expect(answer.getByRole('listitem').filter({ hasText: 'Jonas Weidmann' })).toContainText(
    /Opened a section (once|twice|\d+ times)/,
  )
  await expect(ruth).toHaveURL(/ask=who-read.*section=/)
  // The address is the question: a colleague gets the same answer.
  await ruth.reload()
  await expect(answer.getByRole('listitem').filter({ hasText: 'Jonas Weidmann' })).toBeVisible()

  // What was asked for is left out instead.
  await ruth.getByRole('button', { name: 'Leave out instead: Section: Warning levels' }).click()
  await expect(ruth.getByText('Not Section: Warning levels')).toBeVisible()
  await expect(ruth.getByRole('row').filter({ hasText: 'opened “Warning levels”' })).toHaveCount(0)
  await ruth.getByRole('button', { name: 'Clear all' }).click()

  // A name that is looked for becomes a filter; the slash goes there.
  await ruth.keyboard.press('/')
  const name = ruth.getByLabel('A name', { exact: true })
  await expect(name).toBeFocused()
  await name.fill('jonas')
  await ruth
    .getByRole('search')
    .getByRole('button', { name: /Jonas Weidmann/ })
    .click()
  await expect(ruth).toHaveURL(/person=/)

  // Kept, and opened again.
  await ruth.getByRole('button', { name: 'Kept searches' }).click()
  await ruth.getByLabel('Keep what is shown now as').fill('What Jonas did')
  await ruth.getByRole('button', { name: 'Keep', exact: true }).click()
  await expect(ruth.getByRole('button', { name: 'What Jonas did', exact: true })).toBeVisible()
  await ruth.getByRole('button', { name: 'Clear all' }).click()
  await ruth.getByRole('button', { name: 'What Jonas did', exact: true }).click()
  await expect(ruth).toHaveURL(/person=/)

  // By keyboard into the first entry, and to its own page. The row that names the columns is all that is not his.
  await expect(ruth.getByRole('row').filter({ hasNotText: 'Jonas Weidmann' })).toHaveCount(1)
  await ruth.keyboard.press('j')
  await ruth.keyboard.press('Enter')
  await ruth.getByRole('link', { name: 'Open this entry' }).first().click()
  await expect(ruth.getByRole('heading', { level: 1, name: 'Entry of the record' })).toBeVisible()
  await expect(ruth.getByText(/In the tree as entry [\d,]+ of [\d,]+/)).toBeVisible()

  // Followed: a new look appears without a reload.
  await ruth.goBack()
  await ruth.getByRole('button', { name: 'Follow' }).click()
  await expect(ruth.getByText('new ones appear by themselves')).toBeVisible()
  const before = await ruth.getByRole('row').filter({ hasText: 'Jonas Weidmann' }).count()
  await jonas.reload()
  await text(jonas, 'Warning levels')
  await expect(async () =>
    expect(await ruth.getByRole('row').filter({ hasText: 'Jonas Weidmann' }).count()).toBeGreaterThan(before),
  ).toPass()
  expect(await ruth.content()).not.toContain('A level is raised on the forecast')
  for (const page of [jonas, ruth]) await page.context().close()
})

test('[R2] an auditor who knows the address of a document finds nothing there', async ({ browser }) => {
  const mara = await enter(browser, 'mara')
  await openDocument(mara)
  const address = mara.url()
  const ruth = await enter(browser, 'ruth')
  await ruth.goto(address)
  await expect(ruth.getByText('Flood response plan')).toHaveCount(0)
  await expect(ruth.getByText(/nothing here|not found/i).first()).toBeVisible()
  for (const page of [mara, ruth]) await page.context().close()
})
