import { type Browser, type BrowserContextOptions, expect, type Locator, type Page } from '@playwright/test'
import { emailOf, PASSPHRASE, type PersonKey } from '@/server/demonstration/people'

export const PLAN = 'Flood response plan, River Tarn'

/** A browser of its own for this person, signed in by the form as anyone would be. */
export const enter = async (
  browser: Browser,
  who: PersonKey,
  options: BrowserContextOptions = {},
): Promise<Page> => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  waitsUntilAlive(page)
  await page.goto('/sign-in')
  await signIn(page, who)
  return page
}

/**
 * A page's own `goto` and `reload` wait until the page has come alive: before that a click is not heard, and a quick machine
 * clicks before. React names what it has taken over; where nothing is React's (a picture, an error of the server), it does not wait.
 */
export const waitsUntilAlive = (page: Page): void => {
  const alive = () =>
    page.waitForFunction(() => {
      const place = document.getElementById('main')
      return place === null || Object.keys(place).some((key) => key.startsWith('__reactFiber'))
    })
  const [goto, reload] = [page.goto.bind(page), page.reload.bind(page)]
  page.goto = async (...args) => {
    const response = await goto(...args)
    await alive()
    return response
  }
  page.reload = async (...args) => {
    const response = await reload(...args)
    await alive()
    return response
  }
}

export const signIn = async (page: Page, who: PersonKey): Promise<void> => {
  const accept = page.getByRole('checkbox', { name: 'I have read this and accept it' })
  const email = page.getByLabel('E-mail address')
  // Until the page has come alive a click is not heard.
  await expect(async () => {
    await accept.check()
    await expect(email).toBeEnabled({ timeout: 500 })
  }).toPass()
  await email.fill(emailOf(who))
  await page.getByLabel('Password', { exact: true }).fill(PASSPHRASE)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Sign in')
}

/** From my workspaces to the document, by its links. */
export const openDocument = async (page: Page, title = PLAN): Promise<void> => {
  await openWorkspace(page)
  await page.getByRole('main').getByRole('link', { name: title }).first().click()
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
}

export const openWorkspace = async (page: Page): Promise<void> => {
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: 'River Tarn flood partnership' }).first().click()
  await page.waitForURL(/\/w\//)
}

/** The titles of the sections that are there for this person, in order. */
export const sectionTitles = (page: Page): Promise<string[]> =>
  page.locator('section[data-section] h2').allTextContents()

export const section = (page: Page, title: string): Locator =>
  page.locator('section[data-section]').filter({ has: page.getByRole('heading', { level: 2, name: title }) })

/** The live text of a section, once it is there. */
export const text = async (page: Page, title: string): Promise<Locator> => {
  const found = section(page, title)
  await found.scrollIntoViewIfNeeded()
  const editor = found.locator('.ProseMirror')
  await expect(editor).toBeVisible()
  return editor
}

/**
 * Puts the caret behind the last word of a section. The editor hears of it a moment later than the browser does: whoever types
 * sooner, which no hand can, types where it was before.
 */
export const goToEnd = async (page: Page, title: string): Promise<void> => {
  const editor = await text(page, title)
  await editor.click()
  await page.keyboard.press('Control+End')
  const isThere = () =>
    editor.evaluate((element) => {
      const last = [...element.querySelectorAll('[data-content-type]')].at(-1)
      return last?.contains(getSelection()?.focusNode ?? null) ?? false
    })
  await expect.poll(isThere).toBe(true)
}

/** Types at the end of a section and waits until the server says that it is saved. */
export const typeInto = async (page: Page, title: string, words: string): Promise<void> => {
  await goToEnd(page, title)
  await page.keyboard.press('Enter')
  await page.keyboard.type(words, { delay: 15 })
  await expect(section(page, title).getByText('Saved', { exact: true })).toBeVisible()
}
