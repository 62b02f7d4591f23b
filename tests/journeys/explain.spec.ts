import { expect, type Page, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, section, text } from '@/tests/support/journey'

const ROUTES = 'Evacuation zones and routes'
const CALLS = 'Calls and contact'
const GROUP = 'Duty officers'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).last()

const share = async (page: Page, title: string) => {
  await section(page, title)
    .getByRole('button', { name: /^who can see this/i })
    .click()
  await expect(dialog(page).getByRole('heading', { name: 'Who can see it now' })).toBeVisible()
  return dialog(page)
}

test('a group, several people at once, a boundary that names the group; what ends soon is renewed with one click', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const tomas = await enter(browser, 'tomas')
  await openDocument(tomas)
  await openWorkspace(mara)
  const workspace = new URL(mara.url()).pathname

  await test.step('an administrator makes a group and puts a colleague into it', async () => {
    await mara.goto('/organisation/people')
    await mara.getByRole('button', { name: 'Make a group' }).click()
    await dialog(mara).getByLabel('Name of the group').fill(GROUP)
    await dialog(mara).getByRole('button', { name: 'Make' }).click()
    await mara.getByRole('button', { name: `Add people to ${GROUP}` }).click()
    await dialog(mara).getByRole('searchbox').fill('Oka')
    await dialog(mara).getByRole('button', { name: 'Add Tomas Okafor' }).click()
    await dialog(mara).getByRole('button', { name: 'Done' }).click()
    await expect(mara.getByRole('list', { name: `People of ${GROUP}` })).toContainText('Tomas Okafor')
  })

  await test.step('a lead adds one and changes two at once; on the open page it shows', async () => {
    await mara.goto(`${workspace}/members`)
    await mara.getByRole('button', { name: 'Add people of COUNTY' }).click()
    await dialog(mara)
      .getByRole('checkbox', { name: /Sam Harper/ })
      .check()
    await dialog(mara).getByLabel('Role').selectOption('reader')
    await dialog(mara).getByRole('button', { name: 'Add', exact: true }).click()
    await expect(dialog(mara)).toBeHidden()
    for (const name of ['Sam Harper', 'Tomas Okafor'])
      await mara.getByRole('checkbox', { name: new RegExp(name) }).check()
    const chosen = mara.getByRole('region', { name: 'Chosen people' })
    await expect(chosen).toContainText('2 people chosen')
    await chosen.getByLabel('New role').selectOption('reviewer')
    const inThreeDays = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10)
    await chosen.getByLabel('New last day').fill(inThreeDays)
    await chosen.getByRole('button', { name: 'Change' }).click()
    await expect(mara.getByText('2 people are changed.')).toBeVisible()
    await expect(await text(tomas, ROUTES)).toHaveAttribute('contenteditable', 'false')
  })

  await test.step('what ends soon says so; just given, it cannot be renewed yet; given for a minute, it can', async () => {
    const path = `${workspace}/ending`
    await mara.goto(path)
    const row = mara.getByRole('listitem').filter({ hasText: 'Tomas Okafor' })
    await expect(row).toContainText('Given only just now')
    const membershipId = await row.getAttribute('id')
    const set = await mara.request.post('/api/trpc/members.change', {
      headers: { origin: new URL(mara.url()).origin },
      data: {
        json: { membershipId, role: 'editor', until: new Date(Date.now() + 60_000).toISOString() },
      },
    })
    expect(set.ok()).toBe(true)
    await expect(await text(tomas, ROUTES)).toHaveAttribute('contenteditable', 'true')
    // As soon as a renewal would make it longer, there is the one click.
    const renew = mara.getByRole('button', { name: 'Renew: Tomas Okafor' })
    await expect(async () => {
      await mara.reload()
      await expect(renew).toBeVisible({ timeout: 1_000 })
    }).toPass()
    const ends = await row.getByText(/^Ends/).textContent()
    await renew.click()
    await expect(mara.getByText('Tomas Okafor: renewed.')).toBeVisible()
    expect(ends).not.toBeNull()
  })

  await test.step('at its end it is over on the open page, and nobody had to do anything', async () => {
    await expect(section(tomas, ROUTES)).toHaveCount(0, { timeout: 90_000 })
    await mara.goto(`${workspace}/members`)
    await expect(mara.getByText('Tomas Okafor')).toHaveCount(0)
    await mara.getByRole('button', { name: 'Add people of COUNTY' }).click()
    await dialog(mara)
      .getByRole('checkbox', { name: /Tomas Okafor/ })
      .check()
    await dialog(mara).getByLabel('Role').selectOption('editor')
    await dialog(mara).getByRole('button', { name: 'Add', exact: true }).click()
    await expect(mara.getByText('Tomas Okafor').first()).toBeVisible()
  })

  await test.step('a boundary names the group: whoever is not in it is out', async () => {
    await openDocument(mara)
    const sharing = await share(mara, CALLS)
    await sharing.getByRole('radio', { name: 'People' }).check()
    await sharing.getByLabel('Find a person, a group or an agency').fill('Duty')
    await sharing.getByRole('button', { name: new RegExp(GROUP) }).click()
    await sharing.getByLabel(`How far ${GROUP} may go`).selectOption({ label: 'Can edit' })
    await sharing.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(sharing.getByRole('list', { name: 'Named in the boundary' })).toContainText(GROUP)
    await expect(sharing.getByText('Ines Duarte').first()).toBeVisible()
    await sharing.getByRole('button', { name: /^Remove access for/ }).click()
    await expect(section(mara, CALLS).getByText('1 group + 1 person')).toBeVisible()
    await openDocument(tomas)
    await expect(await text(tomas, CALLS)).toHaveAttribute('contenteditable', 'true')
  })
  for (const page of [mara, tomas]) await page.context().close()
})

test('blocked and frozen at once; why, since when and by whom; the document as somebody else sees it', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const jonas = await enter(browser, 'jonas')
  for (const page of [mara, jonas]) await openDocument(page)
  await expect(section(jonas, ROUTES)).toHaveCount(1)

  await test.step('a block wins over everything, on the open page', async () => {
    const sharing = await share(mara, ROUTES)
    await sharing.getByLabel('Block a person, a group or an agency').fill('Jonas')
    await sharing.getByRole('button', { name: /Jonas Weidmann/ }).click()
    await sharing.getByRole('button', { name: /^Remove access for 1 person/ }).click()
    await expect(section(jonas, ROUTES)).toHaveCount(0)
  })

  await test.step('frozen, nobody writes', async () => {
    await section(mara, ROUTES)
      .getByRole('button', { name: `More for ${ROUTES}` })
      .click()
    await mara.getByRole('menuitem', { name: /^Freeze/ }).click()
    await expect(section(mara, ROUTES).getByText('Frozen', { exact: true })).toBeVisible()
    await expect(await text(mara, ROUTES)).toHaveAttribute('contenteditable', 'false')
  })

  await test.step('every rule says what it said of him, and the row that it rests on', async () => {
    const sharing = await share(mara, ROUTES)
    await sharing.getByRole('button', { name: /^Who, why and since when/ }).click()
    const why = mara.getByRole('dialog', { name: `Who can see “${ROUTES}”, and why` })
    await why.getByText(/of this workspace without access$/).click()
    await why.getByRole('button', { name: /Jonas Weidmann/ }).click()
    await expect(
      why.getByText(/^Jonas Weidmann is blocked from the section, by Mara Lindqvist/),
    ).toBeVisible()
    await expect(why.getByText('The section is frozen.')).toBeVisible()
    await why.getByRole('button', { name: /Mara Lindqvist/ }).click()

    await test.step('and of a moment before anybody was here, that it was not there', async () => {
      await why.getByLabel('At this moment').fill('2020-01-01T12:00')
      await expect(why.getByText('It was not there')).toBeVisible()
    })
    await test.step('the difference between two moments names each change and who made it', async () => {
      await why.getByRole('tab', { name: 'What changed' }).click()
      const gained = why.getByRole('region', { name: 'Gained' })
      await expect(gained.getByRole('listitem').filter({ hasText: 'Ines Duarte' }).first()).toContainText(
        'Mara Lindqvist froze this section',
      )
      await expect(gained).not.toContainText('Jonas Weidmann')
    })
    for (const _ of [1, 2]) await mara.keyboard.press('Escape')
  })

  await test.step('view as: what is there for him, and for an agency', async () => {
    const sharing = await share(mara, ROUTES)
    await sharing.getByRole('link', { name: /^View as/ }).click()
    await mara.getByLabel('As a person').selectOption({ label: 'Jonas Weidmann' })
    await expect(mara.getByText('Viewing as Jonas Weidmann.')).toBeVisible()
    await expect(mara.getByText('R3 · blocked explicitly')).toBeVisible()
    await expect(mara.getByRole('heading', { level: 2, name: ROUTES })).toHaveCount(0)
    await mara.getByLabel('Or as an agency').selectOption({ label: 'Tarn Valley Hospitals' })
    await expect(mara.getByText('Viewing as Editor of Tarn Valley Hospitals.')).toBeVisible()
    await expect(mara.getByRole('heading', { level: 2, name: ROUTES })).toBeVisible()
    await mara.getByRole('link', { name: 'Stop viewing as' }).click()
    await expect(mara.getByRole('heading', { level: 1, name: /Flood response plan/ })).toBeVisible()
  })
  for (const page of [mara, jonas]) await page.context().close()
})
