import { expect, type Page, test } from '@playwright/test'
import { enter, openDocument, openWorkspace, section, text } from '@/tests/support/journey'

const SHELTERS = 'Shelters and capacity'
const REASON = 'The weir is failing and we need the list of shelters now.'

const dialog = (page: Page) => page.getByRole('dialog').or(page.getByRole('alertdialog')).last()

test('break-glass: two keys turn it on; one section is read in an emergency, its originator is told, ends it and reviews it', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  const amara = await enter(browser, 'amara')
  const ines = await enter(browser, 'ines')
  await openWorkspace(mara)
  const glass = `${new URL(mara.url()).pathname}/break-glass`

  await test.step('it is off; a lead of the host and one of another agency turn it on', async () => {
    await mara.goto(glass)
    await expect(mara.getByText('Break-glass is off in this workspace.')).toBeVisible()
    await mara.getByRole('button', { name: 'Ask to turn it on …' }).click()
    await dialog(mara).getByRole('button', { name: 'Turn my key' }).click()
    await expect(mara.getByText(/A key of a lead of another organisation is missing/)).toBeVisible()
    await expect(mara.getByRole('button', { name: 'Turn the key …' })).toHaveCount(0)
    await amara.goto(glass)
    await amara.getByRole('button', { name: 'Turn the key …' }).click()
    await dialog(amara).getByRole('button', { name: 'Turn my key' }).click()
    await expect(amara.getByText('Break-glass is on in this workspace.')).toBeVisible()
  })

  await test.step('an agency that only knows of a section can ask for it, or break the glass', async () => {
    for (const page of [mara, ines]) await openDocument(page)
    await section(mara, SHELTERS)
      .getByRole('button', { name: /^who can see this/i })
      .click()
    await dialog(mara).getByRole('radio', { name: 'Agencies' }).check()
    await dialog(mara)
      .getByLabel('What Aldermark Meteorological Service may do')
      .selectOption({ label: 'Knows it exists' })
    await dialog(mara).getByLabel('What Tarn Valley Hospitals may do').selectOption({ label: 'Can edit' })
    await dialog(mara)
      .getByRole('button', { name: /access for 2 people now$/ })
      .click()
    const closed = section(ines, SHELTERS)
    await expect(closed.getByText('Not shown to you')).toBeVisible()
    await expect(closed.getByText(/allows you to know that it is there and no more/)).toBeVisible()
    await expect(closed.getByRole('button', { name: 'Ask for access' })).toBeVisible()
    await expect(closed.locator('.ProseMirror')).toHaveCount(0)
  })

  await test.step('with a reason she reads it, read only, under a red banner; its originator has been told', async () => {
    await section(ines, SHELTERS)
      .getByRole('button', { name: `More for ${SHELTERS}` })
      .click()
    await ines.getByRole('menuitem', { name: /^Break the glass/ }).click()
    await expect(dialog(ines)).toContainText('Tarn County Emergency Office are told first')
    await dialog(ines).getByRole('textbox').fill(REASON)
    await dialog(ines).getByRole('button', { name: 'Tell them and open' }).click()
    await expect(section(ines, SHELTERS).getByText(/^Glass broken: you read this/)).toBeVisible()
    const editor = await text(ines, SHELTERS)
    await expect(editor).toContainText('Church Hill sports hall')
    await expect(editor).toHaveAttribute('contenteditable', 'false')
    await mara.getByRole('button', { name: /^Inbox, / }).click()
    await expect(
      mara.getByRole('dialog', { name: 'Inbox' }).getByText(/Ines Duarte has broken the glass of/),
    ).toBeVisible()
  })

  await test.step('the originator ends it at once and says whether it was justified', async () => {
    await mara.goto(glass)
    const look = mara.getByRole('listitem').filter({ hasText: REASON })
    await look.getByRole('button', { name: 'End now' }).click()
    await expect(section(ines, SHELTERS).getByText('Not shown to you')).toBeVisible()
    await expect(ines.getByText('Church Hill sports hall')).toHaveCount(0)
    await look.getByRole('button', { name: 'Review …' }).click()
    await dialog(mara).getByRole('radio', { name: 'Justified', exact: true }).check()
    await dialog(mara).getByLabel('Why').fill('The gauge had failed.')
    await dialog(mara).getByRole('button', { name: 'Put on record' }).click()
    await expect(mara.getByRole('region', { name: 'Reviewed' })).toContainText('The gauge had failed.')
    await mara.getByRole('button', { name: 'Turn off …' }).click()
    await dialog(mara).getByRole('button', { name: 'Turn off' }).click()
    await expect(mara.getByText('Break-glass is off in this workspace.')).toBeVisible()
  })

  await test.step('a marking that contradicts the boundary says so, and offers the boundary that agrees', async () => {
    await openDocument(mara)
    // Texts above it may still arrive, and carry an open menu out of sight.
    await expect(async () => {
      await mara.keyboard.press('Escape')
      await section(mara, SHELTERS)
        .getByRole('button', { name: `More for ${SHELTERS}` })
        .click()
      await mara.getByRole('menuitem', { name: /^Change the marking/ }).click({ timeout: 3_000 })
    }).toPass()
    await dialog(mara)
      .getByRole('radio', { name: /TLP:AMBER\+STRICT/ })
      .check()
    await dialog(mara).getByRole('button', { name: 'Mark TLP:AMBER+STRICT' }).click()
    const says = section(mara, SHELTERS).getByText('The marking and the boundary do not agree')
    await expect(says).toBeVisible()
    await section(mara, SHELTERS).getByRole('button', { name: 'Keep only our organisation' }).click()
    await expect(says).toBeHidden()
    await expect(section(ines, SHELTERS)).toHaveCount(0)
  })
  for (const page of [mara, amara, ines]) await page.context().close()
})
