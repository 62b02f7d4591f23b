import { type Browser, expect, type Page, test } from '@playwright/test'
import { enter } from '@/tests/support/journey'

const TITLE = 'Wildfire partnership'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

const waiting = (page: Page) => page.getByRole('region', { name: 'Waits for your agency' })

const invite = async (page: Page, workspace: string, email: string) => {
  await page.goto(workspace)
  await page.getByRole('button', { name: 'Invite an agency' }).click()
  await dialog(page).getByLabel('E-mail address of its administrator').fill(email)
  await dialog(page).getByRole('button', { name: 'Invite', exact: true }).click()
  await expect(page.getByRole('region', { name: 'Offers' })).toContainText(email)
}

const sign = async (page: Page) => {
  await page.goto('/')
  await waiting(page).getByRole('link', { name: TITLE }).click()
  await page.getByLabel(/I have read version 1/).check()
  await page.getByRole('button', { name: 'Sign and accept' }).click()
  await expect(page.getByRole('link', { name: `Open ${TITLE}` })).toBeVisible()
}

/** A workspace of its own, whose terms ask for everyone's consent, with a second agency in it. */
const startTogether = async (browser: Browser) => {
  const [mara, ines] = [await enter(browser, 'mara'), await enter(browser, 'ines')]
  await mara.goto('/')
  await mara.getByRole('button', { name: 'Start a workspace' }).click()
  await dialog(mara).getByLabel('Name').fill(TITLE)
  await dialog(mara).getByRole('button', { name: 'Start' }).click()
  await expect(mara.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
  const workspace = new URL(mara.url()).pathname
  await mara.goto(`${workspace}/terms`)
  await mara.getByRole('button', { name: 'Draft terms' }).click()
  await mara.getByLabel('Terms', { exact: true }).fill('Maps of fuel and wind are shared.')
  await mara.getByLabel('Every agency must consent before another one is invited').check()
  await mara.getByRole('button', { name: 'Publish …' }).click()
  await dialog(mara).getByRole('button', { name: 'Publish and sign' }).click()
  await expect(mara.getByText('Every agency must consent', { exact: false }).first()).toBeVisible()
  await invite(mara, workspace, 'ines@weather.example')
  await sign(ines)
  return { mara, ines, workspace }
}

test('another agency is invited only with the consent of all; one refusal ends it', async ({ browser }) => {
  const { mara, ines, workspace } = await startTogether(browser)
  const amara = await enter(browser, 'amara')

  await test.step('it waits for who has not consented, and the invited hear nothing yet', async () => {
    await invite(mara, workspace, 'amara@hospitals.example')
    await expect(mara.getByRole('region', { name: 'Offers' })).toContainText(/consent/i)
    await amara.goto('/')
    await expect(amara.getByText(TITLE)).toHaveCount(0)
  })

  await test.step('the other agency refuses with a reason, and that ends it', async () => {
    await ines.goto('/')
    // Whom it is about is said: nobody consents to an agency that they cannot name.
    await expect(waiting(ines)).toContainText('consent to invite amara@hospitals.example')
    await waiting(ines).getByRole('link', { name: TITLE }).click()
    await ines.getByLabel('Reason').fill('Not before the season.')
    await ines.getByRole('button', { name: 'Refuse' }).click()
    await expect(ines.getByText('Your agency has refused. The invitation has ended.')).toBeVisible()
    await mara.goto('/inbox')
    await mara
      .getByRole('main')
      .getByRole('link', { name: /Wildfire partnership. was answered/ })
      .first()
      .click()
    await expect(mara.getByRole('main')).toContainText('Has refused: “Not before the season.”')
    await mara.goto(workspace)
    await expect(mara.getByRole('region', { name: 'Agencies' })).toBeVisible()
    await expect(mara.getByText('amara@hospitals.example')).toHaveCount(0)
    await amara.reload()
    await expect(amara.getByText(TITLE)).toHaveCount(0)
  })

  await test.step('asked again it consents, and only then the invitation arrives', async () => {
    await invite(mara, workspace, 'amara@hospitals.example')
    await ines.goto('/')
    await waiting(ines).getByRole('link', { name: TITLE }).click()
    await expect(ines.getByRole('region', { name: 'Consent of the agencies' })).toContainText(
      'Not answered yet',
    )
    await ines.getByRole('button', { name: 'Consent', exact: true }).click()
    await expect(ines.getByText('Your agency has consented.')).toBeVisible()
    await sign(amara)
    await mara.goto(workspace)
    await expect(mara.getByRole('region', { name: 'Agencies' })).toContainText('Tarn Valley Hospitals')
  })
  for (const page of [mara, ines, amara]) await page.context().close()
})
