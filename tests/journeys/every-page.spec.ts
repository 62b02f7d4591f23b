import { type Browser, expect, type Page, test } from '@playwright/test'
import type { PersonKey } from '@/server/demonstration/people'
import { enter, openDocument, openWorkspace, text, waitsUntilAlive } from '@/tests/support/journey'
import { openFindings, refusedThenLetIn } from '@/tests/support/journeys/finding'
import { darken, foundByAxe, loadAfresh } from '@/tests/support/journeys/look-at-page'

interface PageCase {
  name: string
  who: PersonKey | null
  open(page: Page): Promise<void>
  /** KiB of JavaScript, gzip, that the page loads, without the library of pictures. */
  budget: number
  /** KiB of that library, which comes after the first paint; left out: the page must not load it. */
  library?: number
  /** What has to have happened for there to be anything to see. */
  before?(browser: Browser): Promise<void>
}

const at = (path: string) => async (page: Page) => {
  await page.goto(path)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

const PAGES: PageCase[] = [
  { name: 'sign in', who: null, open: at('/sign-in'), budget: 200 },
  { name: 'set up', who: null, open: at('/set-up'), budget: 200 },
  { name: 'set a password', who: null, open: at('/set-password'), budget: 200 },
  { name: 'my workspaces', who: 'mara', open: at('/'), budget: 200 },
  { name: 'workspace', who: 'mara', open: openWorkspace, budget: 200 },
  {
    name: 'members',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/members`)(page)
    },
  },
  {
    name: 'record',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record`)(page)
    },
  },
  {
    name: 'activity',
    who: 'ruth',
    budget: 210,
    library: 190,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record/activity`)(page)
      await expect(page.getByRole('table').first()).toBeVisible()
    },
  },
  {
    name: 'exports',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record/exports`)(page)
    },
  },
  {
    name: 'entry of the record',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record?kind=sharing`)(page)
      await page.locator('button[data-entry]').first().click()
      await page.getByRole('link', { name: 'Open this entry' }).click()
      await expect(page.getByRole('heading', { name: 'Proof' })).toBeVisible()
    },
  },
  {
    name: 'a question to the record',
    who: 'ruth',
    budget: 220,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record?ask=who-audited&kind=audits`)(page)
      await expect(page.getByRole('heading', { name: 'Who looked at the record?' })).toBeVisible()
      await page.getByRole('button', { name: 'Filter', exact: true }).click()
      await expect(page.getByLabel('A name', { exact: true })).toBeVisible()
    },
  },
  {
    name: 'retention',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record/retention`)(page)
    },
  },
  {
    name: 'integrity',
    who: 'ruth',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/record/integrity`)(page)
      await expect(page.getByRole('button', { name: 'Compute all of it again now' })).toBeVisible()
      await expect(page.getByRole('cell', { name: 'demonstration.invalid/meteo' })).toBeVisible()
    },
  },
  {
    name: 'witnesses',
    who: 'ines',
    budget: 200,
    open: async (page) => {
      await at('/organisation/witnesses')(page)
      await expect(page.getByText('demonstration.invalid/meteo').first()).toBeVisible()
      await expect(page.getByLabel('Key of the witness')).toBeVisible()
    },
  },
  { name: 'erasure and holds', who: 'mara', open: at('/organisation/erasure'), budget: 200 },
  {
    name: 'findings',
    who: 'ruth',
    budget: 200,
    before: refusedThenLetIn,
    open: async (page) => {
      await openWorkspace(page)
      await openFindings(page, `${page.url()}/record/findings`)
    },
  },
  {
    name: 'a finding',
    who: 'ruth',
    // Its window is fetched when it is opened, with the day of who it is about as a picture.
    budget: 230,
    library: 190,
    open: async (page) => {
      await openWorkspace(page)
      await openFindings(page, `${page.url()}/record/findings`)
      await page.getByRole('button', { name: 'Refused, then let in' }).first().click()
      await expect(page.getByRole('heading', { name: 'What was made of it' })).toBeVisible()
      await expect(page.getByRole('region', { name: /^The day of .*, as numbers$/ })).toBeVisible()
    },
  },
  {
    name: 'terms',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await at(`${page.url()}/terms`)(page)
    },
  },
  {
    name: 'offer',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await page.getByRole('region', { name: 'Offers' }).getByRole('link').first().click()
      await expect(page.getByRole('heading', { name: 'What it would give' })).toBeVisible()
    },
  },
  { name: 'link of an offer', who: null, open: at('/offer-link'), budget: 200 },
  { name: 'invited', who: null, open: at('/invited'), budget: 200 },
  {
    name: 'organisation',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await at('/organisation')(page)
      await expect(page.getByRole('button', { name: /^Who can see “/ }).first()).toBeVisible()
    },
  },
  { name: 'people of the organisation', who: 'mara', open: at('/organisation/people'), budget: 200 },
  { name: 'account', who: 'mara', open: at('/account'), budget: 200 },
  { name: 'verify', who: null, open: at('/verify'), budget: 200 },
  // The address of a document: its script is there before the answer is.
  { name: 'nothing here', who: 'mara', open: at('/d/00000000-0000-7000-8000-000000000000'), budget: 550 },
  {
    name: 'release',
    who: 'mara',
    budget: 200,
    open: async (page) => {
      await openWorkspace(page)
      await page.getByRole('link', { name: 'Lessons of the hospitals' }).click()
      await expect(page.getByText('Nothing has changed yet')).toBeVisible()
    },
  },
  {
    name: 'share dialog',
    who: 'mara',
    budget: 550,
    open: async (page) => {
      await openDocument(page)
      await page.getByRole('button', { name: /^Share this document/ }).click()
      await expect(page.getByRole('heading', { name: 'Who can see it now' })).toBeVisible()
    },
  },
  {
    name: 'document',
    who: 'mara',
    budget: 550,
    open: async (page) => {
      await openDocument(page)
      await expect(await text(page, 'Purpose and scope')).toContainText('This plan says how')
    },
  },
]

/** Signed in once each: these tests only look, so nobody's session ends under them. */
const signedIn = new Map<PersonKey, StorageState>()
type StorageState = Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

const pageOf = async (browser: Browser, who: PersonKey | null): Promise<Page> => {
  // Colours change at once when the scheme does: what is half way from one to the other is nobody's colour.
  const options = { colorScheme: 'light', reducedMotion: 'reduce' } as const
  if (who === null) return (await browser.newContext(options)).newPage()
  const known = signedIn.get(who)
  if (known) {
    const page = await (await browser.newContext({ ...options, storageState: known })).newPage()
    waitsUntilAlive(page)
    return page
  }
  const page = await enter(browser, who, options)
  signedIn.set(who, await page.context().storageState())
  return page
}

// One page, opened once and loaded afresh once: opening is what takes the time.
for (const { name, who, open, budget, library = 0, before } of PAGES)
  test(`${name}: axe finds nothing, light or dark; at most ${budget} KiB of JavaScript; nothing from elsewhere; no sideways scrolling at 390 px`, async ({
    browser,
  }) => {
    await before?.(browser)
    const page = await pageOf(browser, who)
    const complaints: string[] = []
    page.on('console', (message) => {
      if (/content security policy|hydrat/i.test(message.text())) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    await open(page)
    const address = page.url()
    expect.soft(await foundByAxe(page), 'in light colours').toEqual([])
    await darken(page)
    expect.soft(await foundByAxe(page), 'in dark colours').toEqual([])

    const loaded = await loadAfresh(page, address, async () => {
      if (name === 'document') await text(page, 'Purpose and scope')
    })
    test.info().annotations.push({
      type: 'figure',
      description: `${name}: ${loaded.kib.toFixed(1)} KiB of JavaScript in ${loaded.files} files, and ${loaded.library.toFixed(1)} KiB of the library of pictures`,
    })
    expect(loaded.files).toBeGreaterThan(0)
    expect.soft(loaded.kib).toBeLessThanOrEqual(budget)
    expect.soft(loaded.library).toBeLessThanOrEqual(library)
    // Else the library was not told apart, and the budget holds nothing.
    if (library > 0) expect.soft(loaded.library).toBeGreaterThan(100)
    expect.soft(loaded.foreign).toEqual([])
    const sideways = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect.soft(sideways).toBeLessThanOrEqual(0)
    expect(complaints).toEqual([])
    await page.context().close()
  })
