import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readPersonKeysFile } from '@/server/audit/personal/key-file'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'liaison-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('makes the key once, for its owner only, in the data folder or where it is told', () => {
  const dataDir = join(folder, 'data')
  const first = readPersonKeysFile({ dataDir, personKeysFile: null })
  expect(first).toHaveLength(32)
  expect(readPersonKeysFile({ dataDir, personKeysFile: null })).toEqual(first)
  expect(readdirSync(dataDir)).toEqual(['person-keys'])
  expect(statSync(join(dataDir, 'person-keys')).mode & 0o777).toBe(0o600)
  const personKeysFile = join(folder, 'elsewhere', 'keys')
  expect(readPersonKeysFile({ dataDir, personKeysFile })).not.toEqual(first)
})

test('refuses a file that others may read, and one that holds no key', () => {
  const personKeysFile = join(folder, 'keys')
  readPersonKeysFile({ dataDir: folder, personKeysFile })
  chmodSync(personKeysFile, 0o644)
  expect(() => readPersonKeysFile({ dataDir: folder, personKeysFile })).toThrow(/0600/)
  writeFileSync(personKeysFile, 'not a key')
  chmodSync(personKeysFile, 0o600)
  expect(() => readPersonKeysFile({ dataDir: folder, personKeysFile })).toThrow(/no key of 32 bytes/)
})
