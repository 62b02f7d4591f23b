import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, text } from '@/tests/support/journey'

const openActivity = async (page: Page): Promise<void> => {
  await openWorkspace(page)
  await page.goto(`${page.url()}/record/activity`)
  await expect(figure(page, 'Activity over time').getByRole('table')).toBeVisible()
}
const figure = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const numberIn = (label: string | null): number =>
  Number((label ?? '').replaceAll(',', '').match(/^\d+/)?.[0])

/** How many entries the page of entries lists, all of its pages together. */
const countEntries = async (page: Page): Promise<number> => {
  await expect(page.getByRole('heading', { level: 1, name: 'Record' })).toBeVisible()
  await expect(page.getByText(/\d+ (newest )?entr(y|ies) shown/)).toBeVisible()
  const older = page.getByRole('button', { name: 'Older entries' })
  while (await older.isVisible()) {
    const before = await page.getByRole('row').count()
    await older.click()
    await expect(async () => expect(await page.getByRole('row').count()).not.toBe(before)).toPass()
  }
  return numberIn(await page.getByText(/\d+ (newest )?entr(y|ies) shown/).textContent())
}

test.beforeAll(async ({ browser }) => {
  const jonas = await enter(browser, 'jonas')
  await openDocument(jonas)
  await text(jonas, 'Warning levels')
  await jonas.context().close()
})

test('the pictures say what the tables say, and every number opens as many entries', async ({ browser }) => {
  const page = await enter(browser, 'ruth')
  await openActivity(page)
  const over = figure(page, 'Activity over time')
  await expect(over.getByRole('img').locator('svg')).toBeVisible()
  await expect(over.getByRole('columnheader', { name: 'Refused' })).toBeVisible()

  const reading = over.getByRole('link', { name: /open the entries, Reading/ }).first()
  const readings = numberIn(await reading.getAttribute('aria-label'))
  expect(readings).toBeGreaterThan(0)
  await reading.click()
  expect(await countEntries(page)).toBe(readings)
  await page.goBack()

  const cell = figure(page, 'Agencies and documents').getByRole('link').first()
  const entries = numberIn(await cell.getAttribute('aria-label'))
  await cell.click()
  expect(await countEntries(page)).toBe(entries)
  await page.context().close()
})

test('brushing over the picture zooms all figures, and the address says so', async ({ browser }) => {
  const page = await enter(browser, 'ruth', { viewport: { width: 1440, height: 900 } })
  await openActivity(page)
  await page.getByRole('button', { name: '24 hours' }).click()
  await expect(page).toHaveURL(/from=/)
  const whole = page.url()
  const picture = figure(page, 'Activity over time').getByRole('img').first()
  await expect(picture.locator('svg')).toBeVisible()
  await picture.scrollIntoViewIfNeeded()
  const box = await picture.boundingBox()
  if (box === null) throw new Error('the picture has no place')
  const drag = async (from: number, to: number) => {
    await page.mouse.move(box.x + box.width * from, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + (box.width * (from + to)) / 2, box.y + box.height / 2, { steps: 5 })
    await page.mouse.move(box.x + box.width * to, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
  }
  await drag(0.6, 0.985)
  await expect(page).not.toHaveURL(whole)
  const from = new URL(page.url()).searchParams.get('from') ?? ''
  await expect(page.getByLabel('From (UTC)')).toHaveValue(from.slice(0, 16))
  const link = figure(page, 'Agencies and documents').getByRole('link').first()
  await expect(link).toHaveAttribute('href', new RegExp(`from=${encodeURIComponent(from)}`))
  await page.goBack()
  await expect(page).toHaveURL(whole)
  await page.context().close()
})

test('one person’s day and one section’s life; by keyboard alone', async ({ browser }) => {
  const page = await enter(browser, 'ruth')
  await openActivity(page)
  const day = figure(page, 'One person’s day')
  await expect(day.getByText('Choose a person to see their day')).toBeVisible()
  await day.getByLabel('Person', { exact: true }).focus()
  await page.keyboard.type('Jonas')
  await page.keyboard.press('Enter')
  await expect(day.getByRole('table')).toContainText(/\d\d:\d\d/)
  await expect(day.getByRole('img', { name: /The day of Jonas Weidmann/ })).toBeVisible()
  const life = figure(page, 'One section’s life')
  await life.getByLabel('Section', { exact: true }).selectOption({ label: 'Warning levels' })
  await expect(life.getByRole('table')).toBeVisible()
  await expect(page).toHaveURL(/person=.*section=/)
  const number = life.getByRole('link').first()
  await number.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row').filter({ hasText: 'Warning levels' }).first()).toBeVisible()
  await page.context().close()
})

for (const colorScheme of ['light', 'dark'] as const)
  test(`all four figures: axe finds nothing, ${colorScheme}; nothing moves`, async ({ browser }) => {
    const page = await enter(browser, 'ruth', { colorScheme, reducedMotion: 'reduce' })
    await openActivity(page)
    await figure(page, 'One person’s day').getByLabel('Person', { exact: true }).selectOption({ index: 1 })
    await figure(page, 'One section’s life')
      .getByLabel('Section', { exact: true })
      .selectOption({ label: 'Warning levels' })
    await expect(figure(page, 'One section’s life').getByRole('table')).toBeVisible()
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(
      violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`)),
    ).toEqual([])
    await page.context().close()
  })
