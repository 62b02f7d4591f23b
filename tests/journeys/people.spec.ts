import { type Browser, expect, type Page, test } from '@playwright/test'
import {
  enter,
  openDocument,
  openWorkspace,
  section,
  sectionTitles,
  text,
  typeInto,
} from '@/tests/support/journey'

const NADIA = { name: 'Nadia Novak', email: 'nadia@county.example', password: 'seven lanterns by the weir' }
const PURPOSE = 'Purpose and scope'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog'))

const signInAs = async (page: Page, { email, password }: typeof NADIA) => {
  await expect(async () => {
    await page.getByRole('checkbox', { name: 'I have read this and accept it' }).check()
    await expect(page.getByLabel('E-mail address')).toBeEnabled({ timeout: 500 })
  }).toPass()
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
}

const reviewBy = async (browser: Browser, who: 'ines' | 'amara', title: string): Promise<Page> => {
  const page = await enter(browser, who)
  await openWorkspace(page)
  await page.goto(`${new URL(page.url()).pathname}/reviews`)
  await page.getByRole('link', { name: title }).click()
  return page
}

test('invited by e-mail, let in, asks for more, is reviewed, and suspended: in four browsers', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  await openWorkspace(mara)
  const workspace = new URL(mara.url()).pathname
  let link = ''

  await test.step('a lead invites a person of her own agency by e-mail, into the workspace', async () => {
    await mara.goto(`${workspace}/members`)
    await mara.getByRole('button', { name: 'Invite by e-mail' }).click()
    await dialog(mara).getByLabel('Name', { exact: true }).fill(NADIA.name)
    await dialog(mara).getByLabel('E-mail address').fill(NADIA.email)
    await dialog(mara).getByLabel('Role').selectOption('reader')
    await dialog(mara).getByRole('button', { name: 'Invite', exact: true }).click()
    await mara.getByRole('button', { name: `Make a link for ${NADIA.name}` }).click()
    link = await dialog(mara).getByLabel('One-time link').inputValue()
    await dialog(mara).getByRole('button', { name: 'Done' }).click()
  })

  const nadia = await (await browser.newContext()).newPage()
  await test.step('the link makes her account, once, and its token leaves the address', async () => {
    await nadia.goto(link)
    await expect(nadia.getByText(`The invitation is for ${NADIA.email} alone.`)).toBeVisible()
    await expect(nadia).toHaveURL(/\/invited$/)
    await nadia.getByLabel('New password').fill(NADIA.password)
    await nadia.getByRole('button', { name: 'Accept and make my account' }).click()
    await expect(nadia.getByText('Your account is made.')).toBeVisible()
    const again = await nadia.context().newPage()
    await again.goto(link)
    await expect(again.getByText(/This invitation has been used/)).toBeVisible()
    await again.close()
    await nadia.getByRole('link', { name: 'Sign in' }).click()
    await signInAs(nadia, NADIA)
  })

  await test.step('she reads, asks to edit, and her agency’s lead approves', async () => {
    await openDocument(nadia)
    await expect(await text(nadia, PURPOSE)).toHaveAttribute('contenteditable', 'false')
    await section(nadia, PURPOSE)
      .getByRole('button', { name: /^who can see this/i })
      .click()
    await nadia.getByRole('button', { name: 'Ask for more' }).click()
    const ask = nadia.getByRole('dialog', { name: /^Ask for more on/ })
    // The window takes the focus once it is painted: what is filled in before that would go nowhere.
    await expect(ask.getByRole('button', { name: 'Close' })).toBeFocused()
    await ask.getByLabel('What you need it for').fill('I keep the duty roster.')
    await expect(ask.getByLabel('What you need it for')).toHaveValue('I keep the duty roster.')
    // That it is asked for is said before the lists that show it are read again.
    let answer = () => {}
    const answered = new Promise<void>((resolve) => {
      answer = resolve
    })
    await nadia.route(/requests\.(mine|list)/, (route) => answered.then(() => route.continue()))
    await ask.getByRole('button', { name: 'Ask for access' }).click()
    await expect(nadia.getByText('Asked. The answer comes to your inbox.')).toBeVisible()
    answer()
    await nadia.unrouteAll({ behavior: 'wait' })
    await nadia.keyboard.press('Escape')
    await mara.goto(`${workspace}/requests`)
    const request = mara.getByRole('listitem').filter({ hasText: 'I keep the duty roster.' })
    await request.getByRole('button', { name: 'Approve' }).click()
    await dialog(mara).getByRole('button', { name: 'Approve' }).click()
    await expect(mara.getByText(`${NADIA.name} can open it now.`)).toBeVisible()
    await expect(await text(nadia, PURPOSE)).toHaveAttribute('contenteditable', 'true')
    await typeInto(nadia, PURPOSE, 'The roster hangs in the duty room.')
  })

  await test.step('a review asks every agency; its progress is seen, its result is a file', async () => {
    const title = 'Winter review'
    await mara.goto(`${workspace}/reviews`)
    await mara.getByRole('button', { name: 'Start a review' }).click()
    await dialog(mara).getByLabel('Title').fill(title)
    await dialog(mara).getByRole('button', { name: 'Start' }).click()
    await expect(mara.getByRole('heading', { level: 1, name: title })).toBeVisible()
    const amara = await reviewBy(browser, 'amara', title)
    await amara.getByRole('checkbox', { name: 'All of them' }).check()
    await amara.getByRole('button', { name: /^Confirm \d+$/ }).click()
    await expect(amara.getByRole('heading', { name: 'For you to answer' })).toHaveCount(0)
    const ines = await reviewBy(browser, 'ines', title)
    await expect(ines.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await mara.getByRole('button', { name: new RegExp(`^End ${NADIA.name}, .*edit`, 'i') }).click()
    await dialog(mara).getByRole('button', { name: /^End/ }).click()
    await expect(await text(nadia, PURPOSE)).toHaveAttribute('contenteditable', 'false')
    const file = mara.waitForEvent('download')
    await mara.getByRole('button', { name: 'CSV' }).click()
    expect((await file).suggestedFilename()).toMatch(/\.csv$/)
    await mara.getByRole('button', { name: /^Call off/ }).click()
    await dialog(mara).getByRole('button', { name: /^Call/ }).click()
    for (const page of [amara, ines]) await page.context().close()
  })

  await test.step('suspended by her administrator she is out at once', async () => {
    await mara.goto('/organisation/people')
    await mara.getByRole('button', { name: `Suspend ${NADIA.name}` }).click()
    await dialog(mara).getByRole('button', { name: 'Suspend' }).click()
    await expect(mara.getByRole('button', { name: `Reinstate ${NADIA.name}` })).toBeVisible()
    await expect(nadia.getByText('The roster hangs in the duty room.')).toHaveCount(0)
  })
  for (const page of [mara, nadia]) await page.context().close()
})

test('a section is copied, split and merged again; each says what would come of it, and can be taken back', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  await openDocument(mara)
  const before = await sectionTitles(mara)
  const act = async (title: string, item: RegExp) => {
    await section(mara, title)
      .getByRole('button', { name: `More for ${title}` })
      .click()
    await mara.getByRole('menuitem', { name: item }).click()
    await expect(dialog(mara).getByText('Nobody gets more of it')).toBeVisible()
  }
  await section(mara, PURPOSE)
    .getByRole('button', { name: `More for ${PURPOSE}` })
    .click()
  await mara.getByRole('menuitem', { name: /^Copy to/ }).click()
  await dialog(mara).getByLabel('Title').fill('Purpose, copied')
  await expect(dialog(mara).getByText('Nobody gets more of it')).toBeVisible()
  await dialog(mara).getByRole('button', { name: 'Copy', exact: true }).click()
  await expect.poll(() => sectionTitles(mara)).toEqual([...before, 'Purpose, copied'])
  await mara.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(() => sectionTitles(mara)).toEqual(before)

  await text(mara, PURPOSE)
  await section(mara, PURPOSE)
    .getByRole('button', { name: `More for ${PURPOSE}` })
    .click()
  await mara.getByRole('menuitem', { name: /^Split/ }).click()
  await dialog(mara).getByLabel('The new section begins with').selectOption({ index: 1 })
  await dialog(mara).getByLabel('Title').fill('Scope')
  await dialog(mara).getByRole('button', { name: 'Split', exact: true }).click()
  await expect.poll(() => sectionTitles(mara)).toContain('Scope')
  await act(PURPOSE, /^Merge with/)
  await dialog(mara).getByRole('button', { name: 'Merge', exact: true }).click()
  await expect.poll(() => sectionTitles(mara)).toEqual(before)
  await mara.context().close()
})
