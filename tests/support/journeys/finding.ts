import { type Browser, expect, type Page } from '@playwright/test'
import { enter, openWorkspace } from '@/tests/support/journey'

export const ON_CALL = 'Siren test: who is on call'

const share = async (page: Page) => {
  await page.getByRole('button', { name: /^Share this document/ }).click()
  const dialog = page.getByRole('dialog', { name: `Share “${ON_CALL}”` })
  await expect(dialog.getByRole('heading', { name: 'Who can see it now' })).toBeVisible()
  return dialog
}

/** Tomas is refused a new document of Mara's, is let in by her, and opens it: what F-07 looks for. */
export const refusedThenLetIn = async (browser: Browser): Promise<void> => {
  const mara = await enter(browser, 'mara')
  const tomas = await enter(browser, 'tomas')
  await openWorkspace(mara)
  await mara.getByRole('button', { name: 'New document' }).click()
  await mara.getByRole('dialog').getByLabel('Title').fill(ON_CALL)
  await mara.getByRole('button', { name: 'Create' }).click()
  await expect(mara.getByRole('heading', { level: 1, name: ON_CALL })).toBeVisible()
  const address = mara.url()

  const block = await share(mara)
  await block.getByLabel('Block a person, a group or an agency').fill('Tomas')
  await block.getByRole('button', { name: /Tomas Okafor/ }).click()
  await block.getByRole('button', { name: /^Remove access for/ }).click()
  await expect(block).toHaveCount(0)
  await tomas.goto(address)
  await expect(tomas.getByText(/nothing here|not found/i).first()).toBeVisible()

  const end = await share(mara)
  await end.getByRole('button', { name: 'End the block of Tomas Okafor' }).click()
  await end.getByRole('button', { name: /^Give access to/ }).click()
  await mara
    .getByRole('alertdialog')
    .getByRole('button', { name: /^Give more access/ })
    .click()
  await expect(end).toHaveCount(0)
  await tomas.goto(address)
  await expect(tomas.getByRole('heading', { level: 1, name: ON_CALL })).toBeVisible()
  for (const page of [mara, tomas]) await page.context().close()
}

/** The page of findings, once the search of the record has come to what happened: it goes over it every twenty seconds. */
export const openFindings = async (page: Page, address: string): Promise<void> => {
  await expect(async () => {
    await page.goto(address)
    await expect(
      page
        .getByRole('list', { name: /^Findings/ })
        .getByRole('listitem')
        .filter({ hasText: ON_CALL })
        .first(),
    ).toBeVisible({ timeout: 5_000 })
  }).toPass({ timeout: 90_000 })
}
