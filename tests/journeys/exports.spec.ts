import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, type Page, test } from '@playwright/test'
import { unzip } from '@/tests/exports/unzip'
import { enter, openWorkspace } from '@/tests/support/journey'

const run = promisify(execFile)

/** Whatever it answers: its exit code and what it says. */
const verify = (folder: string): Promise<{ code: number; stdout: string }> =>
  run(process.execPath, ['verify.mjs', 'record.jsonl'], {
    cwd: folder,
    env: { NODE_ENV: 'production' },
  }).then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }: { code: number; stdout: string }) => ({ code, stdout }),
  )

const ask = async (page: Page, format: string, reason: string) => {
  await page.getByRole('radio', { name: new RegExp(`^${format.replace(/[()]/g, '\\$&')}`) }).check()
  await page.getByLabel('What it is for').fill(reason)
  await page.getByRole('button', { name: 'Make it' }).click()
  const row = page.getByRole('listitem').filter({ hasText: reason })
  await expect(row).toContainText('Ready')
  return row
}

const download = async (page: Page, row: ReturnType<Page['getByRole']>) => {
  const coming = page.waitForEvent('download')
  await row.getByRole('link', { name: /^Download/ }).click()
  const file = await coming
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) }
}

test('an auditor takes the record along: a bundle that verifies elsewhere, a table, a report', async ({
  browser,
}) => {
  const ruth = await enter(browser, 'ruth')
  await openWorkspace(ruth)
  const workspace = ruth.url()
  await ruth.goto(`${workspace}/record`)
  await ruth.getByRole('link', { name: 'Exports' }).click()
  await expect(ruth.getByRole('heading', { level: 1, name: 'Exports' })).toBeVisible()

  await test.step('without a reason there is none', async () => {
    await ruth.getByRole('button', { name: 'Make it' }).click()
    await expect(ruth.getByText('No export yet')).toBeVisible()
  })

  await test.step('the bundle verifies, offline, with the program that lies in it', async () => {
    const { name, bytes } = await download(
      ruth,
      await ask(ruth, 'Bundle with proofs', 'Held against our witness.'),
    )
    expect(name).toMatch(/^record-.*\.zip$/)
    const files = unzip(bytes)
    expect([...files.keys()].sort()).toEqual(['README.txt', 'record.jsonl', 'verify.mjs'])
    const folder = mkdtempSync(join(tmpdir(), 'liaison-bundle-'))
    try {
      for (const [file, content] of files) writeFileSync(join(folder, file), content)
      // 2: all of it holds, but its newest head has no seal yet, or nobody runs a witness.
      const whole = await verify(folder)
      expect([0, 2]).toContain(whole.code)
      expect(whole.stdout).toMatch(/(\d+) leaves, \1 events shown/)
      writeFileSync(
        join(folder, 'record.jsonl'),
        (files.get('record.jsonl')?.toString() ?? '').replace('allowed', 'allowEd'),
      )
      expect(await verify(folder)).toMatchObject({ code: 1 })
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  await test.step('the table holds what the filter asks for', async () => {
    await ruth.getByRole('radio', { name: /^Table/ }).check()
    await ruth.goto(`${ruth.url().split('?')[0]}?outcome=denied`)
    const row = await ask(ruth, 'Table (CSV)', 'Denials of this week.')
    await expect(row).toContainText('Denied')
    const { bytes } = await download(ruth, row)
    const lines = bytes.toString('utf8').trimEnd().split('\r\n')
    expect(lines[0]).toMatch(/^\ufeff"time \(UTC\)","person"/)
    for (const line of lines.slice(1)) expect(line).toContain('"denied"')
  })

  await test.step('the report is a PDF', async () => {
    const { bytes } = await download(ruth, await ask(ruth, 'Report (PDF)', 'For the file.'))
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
  })

  await test.step('all of it is on the record', async () => {
    await ruth.goto(`${workspace}/record`)
    for (const words of ['asked for an export', 'got an export of the record made', 'downloaded an export'])
      await expect(ruth.getByRole('row').filter({ hasText: words }).first()).toBeVisible()
  })

  await test.step('nobody else gets it', async () => {
    await ruth.goto(`${workspace}/record/exports`)
    const address = await ruth
      .getByRole('link', { name: /^Download/ })
      .first()
      .getAttribute('href')
    const mara = await enter(browser, 'mara')
    const answer = await mara.request.get(address ?? '')
    expect(answer.status()).toBe(404)
    await mara.goto(`${workspace}/record/exports`)
    await expect(mara.getByRole('button', { name: 'Make it' })).toHaveCount(0)
    await mara.context().close()
  })
  await ruth.context().close()
})
