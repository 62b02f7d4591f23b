import { type Browser, expect, type Page, test } from '@playwright/test'
import { PASSPHRASE } from '@/server/demonstration/people'
import { enter, openDocument, openWorkspace, section, text, typeInto } from '@/tests/support/journey'

const WARNINGS = 'Warning levels'

const share = async (page: Page, title: string) => {
  await section(page, title)
    .getByRole('button', { name: /^who can see this/i })
    .click()
  const dialog = page.getByRole('dialog', { name: `Share “${title}”` })
  await expect(dialog.getByRole('heading', { name: 'Who can see it now' })).toBeVisible()
  return dialog
}

/** Answers the next turn of a key as the server does when the proof of who it is has grown old. */
const asIfLongSignedIn = (page: Page) =>
  page.route(
    /\/api\/trpc\/releases\.turnKey/,
    (route) =>
      route.fulfill({
        status: 403,
        contentType: 'application/json',
        body: JSON.stringify([
          {
            error: {
              json: {
                message: 'Enter your password again.',
                code: -32003,
                data: {
                  code: 'denied',
                  httpStatus: 403,
                  forPeople: 'Enter your password again.',
                  rule: null,
                  ask: null,
                  retryAfter: null,
                  confirm: true,
                  id: null,
                },
              },
            },
          },
        ]),
      }),
    { times: 1 },
  )

const twoOf = async (browser: Browser) => {
  const ines = await enter(browser, 'ines')
  const mara = await enter(browser, 'mara')
  for (const page of [ines, mara]) await openDocument(page)
  return { ines, mara }
}

test('restrict, ask, two keys by two people, and recall while somebody types', async ({ browser }) => {
  const { ines, mara } = await twoOf(browser)
  await expect(section(mara, WARNINGS)).toHaveCount(1)

  const restrict = await share(ines, WARNINGS)
  await restrict.getByRole('radio', { name: 'Agencies' }).check()
  await restrict.getByRole('button', { name: /^Remove access for/ }).click()
  await expect(section(mara, WARNINGS)).toHaveCount(0)

  const ask = await share(ines, WARNINGS)
  await ask.getByLabel('What Tarn County Emergency Office may do').selectOption({ label: 'Can edit' })
  await expect(ask.getByText('This needs a release with two keys')).toBeVisible()
  await ask.getByRole('button', { name: /^Ask for a release to/ }).click()
  const sure = ines.getByRole('alertdialog')
  await expect(sure.getByText('Mara Lindqvist')).toBeVisible()
  await sure.getByRole('button', { name: 'Ask for the release' }).click()
  await expect(ines.getByText(/^Nothing has changed yet/)).toBeVisible()
  await mara.reload()
  await expect(mara.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(section(mara, WARNINGS)).toHaveCount(0)

  await openWorkspace(mara)
  await mara.getByRole('link', { name: WARNINGS }).click()
  await expect(mara.getByRole('heading', { level: 1 })).toHaveText(`Release of “${WARNINGS}”`)
  await expect(mara.getByText('Ines Duarte turned the originator’s key')).toBeVisible()
  await expect(mara.getByText('Tomas Okafor')).toBeVisible()
  await asIfLongSignedIn(mara)
  await mara.getByRole('button', { name: 'Turn your key …' }).click()
  await mara.getByRole('alertdialog').getByRole('button', { name: 'Turn the key' }).click()
  const proof = mara.getByRole('dialog', { name: 'Enter your password again' })
  await proof.getByLabel('Password', { exact: true }).fill(PASSPHRASE)
  await mara.keyboard.press('Enter')
  await expect(mara.getByText('Both keys were turned: it is done')).toBeVisible()

  await openDocument(mara)
  await typeInto(mara, WARNINGS, 'The county writes along.')
  await expect(await text(ines, WARNINGS)).toContainText('The county writes along.')
  const recall = await share(ines, WARNINGS)
  const editor = await text(mara, WARNINGS)
  await editor.click()
  const typing = mara.keyboard.type('words that go on and on and on while it is recalled ', { delay: 60 })
  await recall.getByRole('button', { name: /^Recall now/ }).click()
  await expect(section(mara, WARNINGS)).toHaveCount(0)
  await typing
  expect(await mara.content()).not.toContain('The county writes along.')
  await expect(await text(ines, WARNINGS)).toContainText('The county writes along.')
  for (const page of [ines, mara]) await page.context().close()
})

test('copying the link gives nobody access, and says so', async ({ browser }) => {
  const mara = await enter(browser, 'mara', { permissions: ['clipboard-read', 'clipboard-write'] })
  await openDocument(mara)
  await mara.getByRole('button', { name: /^Share this document/ }).click()
  await mara.getByRole('dialog').getByRole('button', { name: 'Copy link' }).click()
  await expect(mara.getByText(/It gives nobody access/)).toBeVisible()
  expect(await mara.evaluate(() => navigator.clipboard.readText())).toBe(mara.url().replace(/[?#].*/, ''))
  await mara.context().close()
})
