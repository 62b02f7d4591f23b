import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DomainError } from '@/lib/errors'
import { keepSecret } from '@/server/boot/keep-secret'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('makes the secret once, for its owner only', () => {
  const first = keepSecret(join(folder, 'data'))
  expect(first.length).toBeGreaterThanOrEqual(32)
  expect(keepSecret(join(folder, 'data'))).toBe(first)
  expect(statSync(join(folder, 'data', 'secret')).mode & 0o777).toBe(0o600)
})

it('says in one sentence that the folder cannot be used', () => {
  writeFileSync(join(folder, 'file'), 'in the way')
  chmodSync(join(folder, 'file'), 0o600)
  expect(() => keepSecret(join(folder, 'file'))).toThrow(DomainError)
})
