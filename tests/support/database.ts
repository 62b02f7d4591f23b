import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { PGlite } from '@electric-sql/pglite'
import pg from 'pg'
import { createPersonKeys, type PersonKeys } from '@/server/audit/personal/person-keys'
import type { Database } from '@/server/db/client'
import { migrate } from '@/server/db/migrate'
import { databaseOfPglite } from '@/server/db/open-embedded'
import { openPostgresql } from '@/server/db/open-postgresql'

const quiet = { warn: () => {} }
const root = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const CACHE = root('node_modules/.cache/liaison')

/** Of one installation: nodes of one test read what the others have sealed. */
export const testPersonKeys = (): PersonKeys => createPersonKeys(new Uint8Array(32).fill(7))

/** The server on which database tests run besides the embedded one; null: embedded only. */
export const testServerUrl = (): string | null => process.env.TEST_DATABASE_URL ?? null

/** A fresh, migrated database of its own: on the server of TEST_DATABASE_URL if set, else in memory. */
export function openTestDatabase(): Promise<Database> {
  const url = testServerUrl()
  return url === null ? openEmbeddedTestDatabase() : openServerTestDatabase(url)
}

export async function openEmbeddedTestDatabase(): Promise<Database> {
  template ??= loadTemplate()
  return databaseOfPglite(await PGlite.create({ loadDataDir: await template }), quiet)
}

/** Dropped at close. */
export async function openServerTestDatabase(serverUrl: string): Promise<Database> {
  const { url, drop } = await ownDatabase(serverUrl)
  const db = await openPostgresql(url, quiet)
  await migrate(db)
  const close = async () => {
    await db.close()
    await drop()
  }
  return Object.assign(Object.create(db) as Database, { close })
}

/** An empty database of its own on a server, until it is dropped. */
export async function ownDatabase(serverUrl: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `liaison_test_${randomUUID().replaceAll('-', '')}`
  await onServer(serverUrl, `create database ${name}`)
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  return {
    url: url.href,
    drop: () => onServer(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function onServer(url: string, statement: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}

let template: Promise<Blob> | undefined

/** initdb and migrations take seconds: done once for each state of the migrations, kept beside node_modules. */
async function loadTemplate(): Promise<Blob> {
  const folder = root('server/db/migrations')
  const hash = createHash('sha256')
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.sql'))) {
    hash.update(file).update(readFileSync(`${folder}/${file}`))
  }
  hash.update(readFileSync(`${folder}/meta/_journal.json`))
  hash.update(readFileSync(root('node_modules/@electric-sql/pglite/package.json')))
  const path = `${CACHE}/template-${hash.digest('hex').slice(0, 16)}.tar`
  try {
    return new Blob([readFileSync(path)])
  } catch {
    const pglite = await PGlite.create()
    const db = databaseOfPglite(pglite, quiet)
    await migrate(db)
    await pglite.exec('checkpoint')
    const made = await pglite.dumpDataDir('none')
    await db.close()
    mkdirSync(CACHE, { recursive: true })
    // Several test processes may be making it: the rename lets one whole file win.
    const draft = `${path}.${randomUUID()}`
    writeFileSync(draft, Buffer.from(await made.arrayBuffer()))
    renameSync(draft, path)
    return made
  }
}
