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
    .filter({ hasText: 'opened Warning levels' })
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
