import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { encodeVerifierKey, fromBase64, type SignerKey, signerKey, toBase64 } from '@/lib/audit/signed-note'
import { DomainError } from '@/lib/errors'
import type { Tx } from '@/server/db/client'
import type { Services } from '@/server/services'

/** The name of this installation's log, and of its key: the host that people open. */
export const logNameOf = (publicUrl: string): string => new URL(publicUrl).host

/** The origin of a tree's checkpoints: "liaison.example/workspace/<id>" or "liaison.example/instance". */
export const originOf = (logName: string, tree: string): string => `${logName}/${tree.replace(':', '/')}`

/** Ed25519 in the C2SP encodings of keys. */
const TYPE_BYTE = 0x01
const FORM = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(\S+)$/

/** A new key, as its file holds it: "PRIVATE+KEY+<name>+<id>+<base64 of type and seed>", the form of Go's signed notes. */
const makeKey = (name: string): { key: SignerKey; text: string } => {
  const seed = randomBytes(32)
  const key = signerKey(name, seed, 'ed25519')
  return {
    key,
    text: `PRIVATE+KEY+${name}+${key.id}+${toBase64(Uint8Array.of(TYPE_BYTE, ...seed))}\n`,
  }
}

const parseKey = (text: string): SignerKey | null => {
  try {
    const [, name, id, encoded] = FORM.exec(text.trim()) ?? []
    if (name === undefined || encoded === undefined) return null
    const [type, ...seed] = fromBase64(encoded)
    const key = signerKey(name, Uint8Array.from(seed), 'ed25519')
    return type === TYPE_BYTE && key.id === id ? key : null
  } catch {
    return null
  }
}

const refused = (forPeople: string): DomainError => new DomainError('unavailable', forPeople)

/**
 * The key in a file, or null when there is none.
 * @throws DomainError `unavailable` for a file that others may read, or that holds no key
 */
export const readLogKey = (file: string): SignerKey | null => {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
    if ((statSync(file).mode & 0o077) !== 0)
      throw refused(
        `The key of the record, ${file}, can be read by others than its owner. Run: chmod 600 ${file} — and if somebody may have read it: npm run record:rotate-key`,
      )
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null
    throw problem
  }
  const key = parseKey(text)
  if (key === null)
    throw refused(`${file} holds no key of a record. Bring the file back from another node or from a backup.`)
  return key
}

/** Writes a file that only its owner reads, to the disk, in one step. @param fresh it must not be there yet */
const writePrivately = (file: string, text: string, fresh: boolean): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const fd = openSync(draft, 'wx', 0o600)
  try {
    writeSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
  try {
    // link, unlike rename, does not replace a key that another process has just made.
    if (fresh) linkSync(draft, file)
    else renameSync(draft, file)
  } finally {
    rmSync(draft, { force: true })
  }
  syncFolder(dirname(file))
}

const syncFolder = (folder: string): void => {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

const nextOf = (file: string): string => `${file}.next`

const NOBODY = { personId: null, orgId: null, sessionId: null }

const readCurrent = async (tx: Tx): Promise<string | null> => {
  const { rows } = await tx.query<{ verifier_key: string }>(
    'select verifier_key from audit_log_keys where ended_at is null for share',
    [],
    'current log key',
  )
  return rows[0]?.verifier_key ?? null
}

type Needs = Pick<Services, 'env' | 'recorder' | 'now'>

/**
 * The key to sign with in this transaction. The first one of an installation is made and put on record here; later only the one
 * that the database calls current is used, so that all nodes sign with the same.
 * @throws DomainError `unavailable` that says what to do when its file is not here
 */
export const currentLogKey = async (services: Needs, tx: Tx): Promise<SignerKey> => {
  const { logKeyFile: file, publicUrl } = services.env
  const current = await readCurrent(tx)
  let own = readLogKey(file)
  if (current === null) {
    await tx.query('lock table audit_log_keys in share row exclusive mode')
    if ((await readCurrent(tx)) !== null) return currentLogKey(services, tx)
    if (own === null) {
      const made = makeKey(logNameOf(publicUrl))
      writePrivately(file, made.text, true)
      own = made.key
    }
    await begin(services, tx, own)
    return own
  }
  if (own !== null && encodeVerifierKey(own) === current) return own
  const next = readLogKey(nextOf(file))
  if (next !== null && encodeVerifierKey(next) === current) {
    // A rotation was committed and then interrupted.
    renameSync(nextOf(file), file)
    return next
  }
  throw refused(
    `The record is signed with the key ${current}, and ${file} ${own === null ? 'is not there' : 'is another key'}. Copy the file from the node that has it; if it is lost, run: npm run record:rotate-key`,
  )
}

const begin = async ({ recorder, now }: Needs, tx: Tx, key: SignerKey): Promise<void> => {
  const verifierKey = encodeVerifierKey(key)
  await tx.query('insert into audit_log_keys (verifier_key, begun_at) values ($1, $2)', [verifierKey, now()])
  recorder.append(tx, {
    type: 'log_key.begun',
    outcome: 'allowed',
    actor: NOBODY,
    object: {},
    details: { key: verifierKey },
  })
}

/**
 * Ends the current key and begins a new one, on record; the old private key is overwritten. The new one is on disk before the
 * database knows it, so that a crash in between leaves none that nobody has. Running nodes on this machine take it up at their next
 * signature; other machines need the new file.
 * @returns the verifier keys, old and new
 */
export const rotateLogKey = async (
  services: Needs & Pick<Services, 'db'>,
): Promise<{ from: string | null; to: string }> => {
  const { logKeyFile: file, publicUrl } = services.env
  const result = await services.db.transaction(async (tx) => {
    await tx.query('lock table audit_log_keys in share row exclusive mode')
    const from = await readCurrent(tx)
    const made = makeKey(from === null ? logNameOf(publicUrl) : (from.split('+')[0] ?? ''))
    writePrivately(nextOf(file), made.text, false)
    const to = encodeVerifierKey(made.key)
    await tx.query('update audit_log_keys set ended_at = $1 where ended_at is null', [services.now()])
    await tx.query('insert into audit_log_keys (verifier_key, begun_at) values ($1, $2)', [
      to,
      services.now(),
    ])
    services.recorder.append(tx, {
      type: 'log_key.rotated',
      outcome: 'allowed',
      actor: NOBODY,
      object: {},
      before: { key: from },
      after: { key: to },
    })
    return { from, to }
  })
  renameSync(nextOf(file), file)
  return result
}
