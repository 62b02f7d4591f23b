import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { enter, openWorkspace } from '@/tests/support/journey'

const TITLE = 'Drought partnership'
const PLAN = 'Drought plan'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

const publish = async (page: Page) => {
  await page.getByRole('button', { name: 'Publish …' }).click()
  await dialog(page).getByRole('button', { name: 'Publish and sign' }).click()
  await expect(dialog(page)).toBeHidden()
}

test('terms, an invitation, a signature; new terms hold out until they are signed; leaving', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const ines = await enter(browser, 'ines')
  let workspace = ''

  await test.step('the host starts a workspace and publishes its terms', async () => {
    await mara.goto('/')
    await mara.getByRole('button', { name: 'Start a workspace' }).click()
    await dialog(mara).getByLabel('Name').fill(TITLE)
    await dialog(mara).getByRole('button', { name: 'Start' }).click()
    await expect(mara.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
    workspace = new URL(mara.url()).pathname
    await mara.goto(`${workspace}/terms`)
    await mara.getByRole('button', { name: 'Draft terms' }).click()
    await mara.getByLabel('Terms', { exact: true }).fill('Water levels are shared every week.')
    await publish(mara)
    await expect(mara.getByRole('heading', { name: 'Version 1, in force' })).toBeVisible()
    await expect(mara.getByRole('region', { name: 'Signatures of version 1' })).toContainText(
      'Mara Lindqvist',
    )
  })

  await test.step('and invites an agency by its administrator’s address', async () => {
    await mara.goto(workspace)
    await mara.getByRole('button', { name: 'Invite an agency' }).click()
    await dialog(mara).getByLabel('E-mail address of its administrator').fill('ines@weather.example')
    await dialog(mara).getByLabel('Message').fill('We need your outlook.')
    await dialog(mara).getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(mara.getByRole('region', { name: 'Offers' })).toContainText('ines@weather.example')
    await expect(mara.getByRole('region', { name: 'Agencies' })).not.toContainText('METEO')
  })

  await test.step('the other side sees who asks, the terms and what it would give, and signs', async () => {
    await ines.goto('/')
    await ines
      .getByRole('region', { name: 'Waits for your agency' })
      .getByRole('link', { name: TITLE })
      .click()
    await expect(ines.getByText('Mara Lindqvist of Tarn County Emergency Office asks')).toBeVisible()
    await expect(ines.getByText('Water levels are shared every week.')).toBeVisible()
    await expect(ines.getByText('We need your outlook.')).toBeVisible()
    await ines.getByLabel(/I have read version 1/).check()
    await ines.getByRole('button', { name: 'Sign and accept' }).click()
    await ines.getByRole('link', { name: `Open ${TITLE}` }).click()
    await expect(ines.getByRole('heading', { level: 1, name: TITLE })).toBeVisible()
    await expect(ines.getByRole('region', { name: 'Agencies' })).toContainText('Signed version 1')
  })

  await test.step('they write together', async () => {
    await ines.getByRole('button', { name: 'New document' }).first().click()
    await dialog(ines).getByLabel('Title').fill(PLAN)
    await dialog(ines).getByRole('button', { name: 'Create' }).click()
    await expect(ines.getByRole('heading', { level: 1, name: PLAN })).toBeVisible()
  })

  await test.step('new terms hold the other side out at once, with a clear page', async () => {
    await mara.goto(`${workspace}/terms`)
    await mara.getByRole('button', { name: 'Draft new terms' }).click()
    await mara.getByLabel('Terms', { exact: true }).fill('Water levels are shared every day.')
    await expect(mara.locator('ins')).toContainText('day')
    await expect(mara.locator('del')).toContainText('week')
    await publish(mara)
    await ines.goto(workspace)
    await expect(
      ines.getByText(`${TITLE}: your agency takes part again once a lead signs version 2`),
    ).toBeVisible()
    await ines.getByText('What has changed since version 1').click()
    await expect(ines.locator('ins')).toContainText('day')
    await ines.goto('/')
    await expect(ines.getByRole('region', { name: 'Waits for your agency' })).toContainText(
      'once you sign version 2',
    )
  })

  await test.step('signed again, they are back', async () => {
    await ines.goto(workspace)
    await ines.getByLabel(/I have read version 2/).check()
    await ines.getByRole('button', { name: 'Sign version 2' }).click()
    await expect(ines.getByRole('region', { name: 'Agencies' })).toContainText('Signed version 2')
  })

  await test.step('the host narrows and suspends; what is suspended says so', async () => {
    await mara.goto(workspace)
    const more = mara.getByRole('button', { name: 'More for Aldermark Meteorological Service' })
    await more.click()
    await mara.getByRole('menuitem', { name: 'Change what it may do' }).click()
    await dialog(mara).getByLabel('Its people may at most').selectOption({ label: 'Edit' })
    await dialog(mara).getByRole('button', { name: 'Change' }).click()
    await expect(mara.getByRole('region', { name: 'Agencies' })).toContainText('may edit at most')
    await more.click()
    await mara.getByRole('menuitem', { name: 'Suspend' }).click()
    await dialog(mara).getByRole('button', { name: 'Suspend' }).click()
    await expect(mara.getByRole('region', { name: 'Agencies' })).toContainText('Suspended by Tarn County')
    await ines.goto(workspace)
    await expect(ines.getByText('is suspended in this workspace')).toBeVisible()
    await more.click()
    await mara.getByRole('menuitem', { name: 'Resume' }).click()
    await expect(mara.getByRole('region', { name: 'Agencies' })).not.toContainText('Suspended')
  })

  await test.step('leaving says what stays with whom, and takes the agency out', async () => {
    await ines.goto(workspace)
    await ines.getByRole('button', { name: 'More for Aldermark Meteorological Service' }).click()
    await ines.getByRole('menuitem', { name: 'Leave with the whole agency' }).click()
    await expect(dialog(ines)).toContainText('1 person of Aldermark Meteorological Service loses access')
    await dialog(ines).getByLabel('Leave them, frozen').check()
    await dialog(ines).getByRole('button', { name: 'Leave', exact: true }).click()
    await ines.waitForURL((url) => url.pathname === '/')
    await expect(ines.getByText(TITLE)).toHaveCount(0)
    await mara.reload()
    await expect(mara.getByRole('region', { name: 'Agencies' })).not.toContainText('METEO')
  })
  for (const page of [mara, ines]) await page.context().close()
})

test('an agency that is new here sets itself up by its link, once, and answers', async ({ browser }) => {
  const mara = await enter(browser, 'mara')
  const email = 'first@barrage-two.example'
  const password = 'seven lanterns by the weir'
  let path = ''
  const asked: string[] = []

  await test.step('an operator hands the link over, as there is no mail server', async () => {
    await openWorkspace(mara)
    await mara.getByRole('button', { name: 'Invite an agency' }).click()
    await dialog(mara).getByLabel('E-mail address of its administrator').fill(email)
    await dialog(mara).getByLabel('Its people may at most').selectOption({ label: 'Edit' })
    await dialog(mara).getByRole('button', { name: 'Invite', exact: true }).click()
    await expect(mara.getByRole('region', { name: 'Offers' })).toContainText(email)
    const sam = await enter(browser, 'sam')
    await sam.goto('/mail')
    const row = sam.getByRole('listitem').filter({ hasText: email })
    await row.getByRole('button', { name: 'Show the link' }).click()
    const shown = await dialog(sam).locator('pre').textContent()
    path = /\/offer-link#[A-Za-z0-9_-]{43}/.exec(shown ?? '')?.[0] ?? ''
    expect(path).not.toBe('')
    await sam.context().close()
  })

  const context = await browser.newContext()
  context.on('request', (request) => asked.push(request.url()))
  const nadia = await context.newPage()
  await test.step('its holder sets up the agency', async () => {
    await nadia.goto(path)
    await expect(nadia.getByText('invites your agency to plan together')).toBeVisible()
    await expect(nadia).toHaveURL(/\/offer-link$/)
    const { violations } = await new AxeBuilder({ page: nadia }).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    await nadia.getByLabel('Name of the organisation').fill('Lower Valley Barrage')
    await nadia.getByLabel('Short code').fill('gates')
    await nadia.getByLabel('Your name').fill('Nadia Novak')
    await nadia.getByLabel('New password').fill(password)
    await nadia.getByRole('button', { name: 'Set up my agency' }).click()
    await expect(nadia.getByText('Lower Valley Barrage is set up.')).toBeVisible()
    const again = await context.newPage()
    await again.goto(path)
    await expect(again.getByText('This link has been used already or has run out.')).toBeVisible()
    await again.close()
    const token = path.split('#')[1] ?? ''
    expect(asked.filter((url) => (url.split('#')[0] ?? '').includes(token))).toEqual([])
  })

  await test.step('and proposes less, to which the host agrees', async () => {
    await nadia.getByRole('link', { name: 'Sign in and answer' }).click()
    await expect(async () => {
      await nadia.getByRole('checkbox', { name: 'I have read this and accept it' }).check()
      await expect(nadia.getByLabel('E-mail address')).toBeEnabled({ timeout: 500 })
    }).toPass()
    await nadia.getByLabel('E-mail address').fill(email)
    await nadia.getByLabel('Password', { exact: true }).fill(password)
    await nadia.getByRole('button', { name: 'Sign in' }).click()
    await nadia.getByLabel(/I have read version 1/).check()
    await nadia.getByRole('button', { name: 'Propose less' }).click()
    await dialog(nadia).getByLabel('Your people may at most').selectOption({ label: 'Read' })
    await dialog(nadia).getByRole('button', { name: 'Sign and propose' }).click()
    await expect(nadia.getByText('A lower ceiling was proposed')).toBeVisible()
    await mara.reload()
    await mara
      .getByRole('region', { name: 'Offers' })
      .getByRole('link', { name: 'Lower Valley Barrage' })
      .click()
    await mara.getByRole('button', { name: 'Agree to less' }).click()
    await expect(mara.getByText('Accepted', { exact: true })).toBeVisible()
    await nadia.goto('/')
    await nadia.getByRole('main').getByRole('link', { name: 'River Tarn flood partnership' }).click()
    await expect(nadia.getByRole('region', { name: 'Agencies' })).toContainText('may read at most')
  })

  await test.step('and is taken out again', async () => {
    await openWorkspace(mara)
    await mara.getByRole('button', { name: 'More for Lower Valley Barrage' }).click()
    await mara.getByRole('menuitem', { name: 'Take out' }).click()
    await dialog(mara).getByRole('button', { name: 'Take out' }).click()
    await expect(mara.getByRole('region', { name: 'Agencies' })).not.toContainText('GATES')
  })
  for (const page of [mara, nadia]) await page.context().close()
})
