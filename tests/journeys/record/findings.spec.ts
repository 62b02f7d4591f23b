import { expect, test } from '@playwright/test'
import { enter, openWorkspace } from '@/tests/support/journey'
import { ON_CALL, openFindings, refusedThenLetIn } from '@/tests/support/journeys/finding'

const WHY = 'Mara blocked him by mistake and told us so; seen with her on the phone.'

test('who was refused and then let in is found, explained with numbers, and put down with a note on the record', async ({
  browser,
}) => {
  await refusedThenLetIn(browser)
  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  const record = `${ruth.url()}/record`
  await openFindings(ruth, `${record}/findings`)
  const found = ruth.getByRole('listitem').filter({ hasText: 'F-07' }).filter({ hasText: ON_CALL }).first()
  await expect(found).toContainText('Tomas Okafor')
  await expect(found).toContainText('was refused once and let in within the hour')
  await expect(found).toContainText('Mara Lindqvist changed who may see it')
  await expect(found).toContainText('Open')

  await found.getByRole('button', { name: 'Refused, then let in' }).click()
  const opened = ruth.getByRole('dialog', { name: 'Refused, then let in' })
  const happened = [
    /Tomas Okafor.*was refused: opened/i,
    /Mara Lindqvist.*ended a block on/i,
    /Tomas Okafor.*opened/i,
  ]
  const entries = opened.getByRole('table', { name: 'Entries that the finding rests on, oldest first' })
  for (const [index, what] of happened.entries())
    await expect(entries.getByRole('row').nth(index + 1)).toContainText(what)
  // The address is the finding: a colleague opens the same.
  await expect(ruth).toHaveURL(/finding=/)

  await opened.getByLabel('What it is').selectOption({ label: 'Expected' })
  await opened.getByLabel('Why').fill(WHY)
  await opened.getByRole('button', { name: 'Put it on record' }).click()
  const made = opened.getByRole('region', { name: 'What was made of it' })
  await expect(made.getByRole('listitem')).toContainText('Ruth Adeyemi')
  await expect(made.getByRole('listitem')).toContainText('Expected')
  await expect(made.getByRole('listitem')).toContainText(WHY)
  await opened.getByRole('button', { name: 'Close', exact: true }).click()
  await expect(found).toContainText('Expected')

  // On the record: who put it down; the words lie beside it, for whoever may read them.
  await ruth.goto(`${record}?event=finding.disposed`)
  const entry = ruth.getByRole('row').filter({ hasText: 'Ruth Adeyemi' }).first()
  await expect(entry).toBeVisible()
  await entry.getByRole('button').first().click()
  await ruth.getByRole('link', { name: 'Open this entry' }).click()
  const values = ruth.getByRole('region', { name: 'Personal values' })
  await expect(values).toContainText('Note')
  // What was written is the hash alone.
  await ruth.getByText('The record as it was written').click()
  await expect(ruth.getByRole('region', { name: 'The record as it was written' })).toBeVisible()
  await expect(ruth.getByRole('region', { name: 'The record as it was written' })).not.toContainText(WHY)
  await ruth.context().close()
})
