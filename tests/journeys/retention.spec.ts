import { expect, type Page, test } from '@playwright/test'
import { enter, openWorkspace } from '@/tests/support/journey'

/** As the pages ask, from the page itself. */
const ask = (page: Page, procedure: string, input: unknown): Promise<{ personId: string }> =>
  page.evaluate(
    async ([path, json]) => {
      const answer = await fetch(`/api/trpc/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ json }),
      })
      const { result } = await answer.json()
      return result.data.json
    },
    [procedure, input] as const,
  )

test('an administrator erases somebody who has left, once the name is typed, unless a hold forbids it', async ({
  browser,
}) => {
  const mara = await enter(browser, 'mara')
  for (const [name, email] of [
    ['Zelda Quillfeather', 'zelda.quillfeather@tarn-county.example'],
    ['Yorick Held', 'yorick.held@tarn-county.example'],
  ]) {
    const { personId } = await ask(mara, 'people.create', { name, email })
    await ask(mara, 'people.suspend', { personId })
  }
  await mara.goto('/organisation/erasure')
  const rowOf = (name: string) => mara.getByRole('listitem').filter({ hasText: name }).first()

  await rowOf('Yorick Held').getByRole('button', { name: 'Place a hold' }).click()
  await mara.getByLabel('Why').fill('File 12/2026 of the county court.')
  await mara.getByRole('button', { name: 'Place the hold' }).click()
  await expect(rowOf('Yorick Held')).toContainText('Held back by a legal hold')
  await expect(rowOf('Yorick Held').getByRole('button', { name: 'Erase' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await mara.getByRole('button', { name: 'Ask to lift' }).click()
  await mara.getByRole('button', { name: 'Ask', exact: true }).click()
  await expect(mara.getByText('has asked to lift it')).toBeVisible()
  await expect(mara.getByRole('button', { name: 'Lift as second person' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )

  await rowOf('Zelda Quillfeather').getByRole('button', { name: 'Erase' }).click()
  await mara.getByLabel(/^Type the name/).fill('Zelda')
  await mara.getByRole('button', { name: 'Erase for ever' }).click()
  await expect(mara.getByText(/Type the name exactly/)).toBeVisible()
  await mara.getByLabel(/^Type the name/).fill('Zelda Quillfeather')
  await mara.getByRole('button', { name: 'Erase for ever' }).click()
  await expect(mara.getByText('Erased on')).toBeVisible()
  await mara.reload()
  await expect(mara.getByText('Erased on')).toBeVisible()
  expect(await mara.content()).not.toContain('Quillfeather')
  await mara.context().close()
})

test('an auditor keeps the record longer alone, and shorter only with another agency', async ({
  browser,
}) => {
  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  await ruth.goto(`${ruth.url()}/record/retention`)
  await expect(ruth.getByText('No month is complete yet')).toBeVisible()
  const rowOf = (words: string) => ruth.getByRole('listitem').filter({ hasText: words }).first()
  await rowOf('24 months searchable').getByRole('button', { name: 'Keep longer' }).click()
  await ruth.getByRole('button', { name: 'Change' }).click()
  await expect(rowOf('24 months searchable')).toContainText('In force')
  await rowOf('6 months searchable').getByRole('button', { name: 'Ask to keep shorter' }).click()
  await ruth.getByRole('button', { name: 'Change' }).click()
  const waiting = ruth.getByRole('region', { name: 'Waiting for a second agency' })
  await expect(waiting).toContainText('Keep shorter: 6 months searchable')
  await expect(waiting.getByRole('button', { name: 'Agree' })).toHaveAttribute('aria-disabled', 'true')
  await expect(rowOf('24 months searchable')).toContainText('In force')
  await waiting.getByRole('button', { name: 'Decline' }).click()
  await ruth.getByRole('alertdialog').getByRole('button', { name: 'Decline' }).click()
  await expect(waiting).toHaveCount(0)
  await ruth.context().close()
})
