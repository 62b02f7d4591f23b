import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '@playwright/test'
import { enter, openWorkspace } from '@/tests/support/journey'

const LESSONS = 'Lessons of the hospitals'
const bell = /^Inbox, /

test('a release is declined with a reason; who asked is told without reloading, and reads all of it away', async ({
  browser,
}) => {
  const amara = await enter(browser, 'amara')
  const mara = await enter(browser, 'mara')
  await openWorkspace(amara)
  const before = Number(
    /(\d+) unread/.exec(
      (await amara.getByRole('button', { name: bell }).getAttribute('aria-label')) ?? '',
    )?.[1] ?? 0,
  )

  await mara.getByRole('button', { name: bell }).click()
  await mara
    .getByRole('dialog', { name: 'Inbox' })
    .getByRole('link', { name: /waits for a key of yours/ })
    .first()
    .click()
  await expect(mara.getByRole('heading', { level: 1 })).toContainText(LESSONS)
  await expect(mara.getByText('Nothing has changed yet')).toBeVisible()
  const release = mara.url()
  const asker = await amara.context().newPage()
  await asker.goto(release)
  await expect(asker.getByText(/A key of your organisation is turned/)).toBeVisible()
  await expect(asker.getByRole('button', { name: 'Turn your key …' })).toHaveCount(0)
  await mara.getByRole('button', { name: 'Decline …' }).click()
  const why = mara.getByRole('alertdialog')
  await why.getByLabel('Reason').fill('Not before the exercise is over.')
  await why.getByRole('button', { name: 'Decline' }).click()
  await expect(mara.getByText('It was declined')).toBeVisible()
  await expect(asker.getByText('“Not before the exercise is over.”')).toBeVisible()
  const piotr = await enter(browser, 'piotr')
  await piotr.goto(release)
  await expect(piotr.getByText('Both keys')).toHaveCount(0)
  await expect(piotr.getByRole('button', { name: 'Decline …' })).toHaveCount(0)

  await expect(amara.getByRole('button', { name: `Inbox, ${before + 1} unread` })).toBeVisible()
  await amara.getByRole('button', { name: bell }).click()
  const panel = amara.getByRole('dialog', { name: 'Inbox' })
  await expect(panel.getByText(/^Unread: A release of “Lessons of the hospitals” has ended/)).toBeVisible()
  await panel.getByRole('link', { name: 'Open the inbox' }).click()
  await expect(amara.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()

  await expect(amara.getByRole('list', { name: 'Notices' }).getByRole('listitem').first()).toBeVisible()
  expect((await new AxeBuilder({ page: amara }).analyze()).violations).toEqual([])
  await amara.getByRole('button', { name: 'Mark all as read' }).click()
  await expect(amara.getByRole('button', { name: 'Inbox, nothing unread' })).toBeVisible()
  await amara.getByRole('checkbox', { name: 'Only unread' }).check()
  await expect(amara.getByText('Nothing unread', { exact: true }).last()).toBeVisible()
  for (const page of [amara, mara, piotr]) await page.context().close()
})

test('what comes as mail is chosen by each person, and stays chosen', async ({ browser }) => {
  const page = await enter(browser, 'tomas')
  await page.goto('/account')
  const mentions = page.getByRole('checkbox', { name: 'Mentions of you' })
  await expect(mentions).not.toBeChecked()
  const saved = page.waitForResponse(
    (response) => response.url().includes('inbox.chooseMail') && response.ok(),
  )
  await mentions.check()
  await saved
  await page.reload()
  await expect(mentions).toBeChecked()
})
