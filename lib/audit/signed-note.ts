import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

/**
 * Signed notes (c2sp.org/signed-note) with Ed25519, and the timestamped cosignatures of witnesses
 * (c2sp.org/tlog-cosignature, "cosignature/v1"). A note is text, an empty line, and lines of signatures.
 */

/** The first byte of a key's encoding: what its signatures mean. */
export type SignatureType = 'ed25519' | 'cosignature'
const TYPE_BYTE: Record<SignatureType, number> = { ed25519: 0x01, cosignature: 0x04 }

/** A key that signatures are checked with. `name` is a URL without its scheme; `id` is the first four bytes of a hash. */
export interface VerifierKey {
  name: string
  type: SignatureType
  /** 32 bytes, RFC 8032. */
  publicKey: Uint8Array
  /** Hex of 4 bytes. */
  id: string
}

export interface SignerKey extends VerifierKey {
  privateKey: KeyObject
}

export interface NoteSignature {
  name: string
  /** Hex of 4 bytes. */
  id: string
  bytes: Uint8Array
}

export interface SignedNote {
  /** With its last newline. */
  text: string
  signatures: readonly NoteSignature[]
}

/** More than this is refused unread: a note with thousands of lines costs whoever checks it. */
const MAX_SIGNATURES = 64
const MAX_NOTE = 64 * 1024
const NAME = /^[^\s+\p{Z}\p{Cc}]+$/u
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/
/** Newlines are taken out before. C1 controls as well, of which the format says nothing: they turn terminals. */
const CONTROL = /\p{Cc}/u

/** A note or key that does not have the form it must have. */
export class MalformedNote extends Error {
  override readonly name = 'MalformedNote'
}

/** @throws MalformedNote unless it is standard base64 with its padding, in the one way that decodes to these bytes */
export const fromBase64 = (text: string): Uint8Array => {
  const bytes = Buffer.from(text, 'base64')
  if (!BASE64.test(text) || bytes.toString('base64') !== text) throw new MalformedNote('not base64')
  return bytes
}

export const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

/** @throws MalformedNote for a name with spaces or a plus, or a key that has not 32 bytes */
export const verifierKey = (name: string, publicKey: Uint8Array, type: SignatureType): VerifierKey => {
  if (!NAME.test(name)) throw new MalformedNote(`${JSON.stringify(name)} cannot be the name of a key`)
  if (publicKey.length !== 32) throw new MalformedNote('an Ed25519 key has 32 bytes')
  const id = createHash('sha256')
    .update(`${name}\n`)
    .update(Uint8Array.of(TYPE_BYTE[type]))
    .update(publicKey)
    .digest('hex')
    .slice(0, 8)
  return { name, type, publicKey, id }
}

/** "<name>+<id>+<base64 of the type and the key>": how keys are handed over. */
export const encodeVerifierKey = ({ name, id, type, publicKey }: VerifierKey): string =>
  `${name}+${id}+${toBase64(Uint8Array.of(TYPE_BYTE[type], ...publicKey))}`

/** @throws MalformedNote for anything but a key of ours whose id is its own */
export const parseVerifierKey = (text: string): VerifierKey => {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? []
  if (name === undefined || encoded === undefined) throw new MalformedNote('not a verifier key')
  const [byte, ...rest] = fromBase64(encoded)
  const type = byte === 0x01 ? 'ed25519' : byte === 0x04 ? 'cosignature' : null
  if (type === null) throw new MalformedNote('a key of a type that is not known here')
  const key = verifierKey(name, Uint8Array.from(rest), type)
  if (key.id !== id) throw new MalformedNote('the key does not have the id that it claims')
  return key
}

/** RFC 8410: what stands before 32 bytes of an Ed25519 key in its DER forms. */
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** @param seed 32 random bytes, RFC 8032: the secret itself */
export const signerKey = (name: string, seed: Uint8Array, type: SignatureType): SignerKey => {
  if (seed.length !== 32) throw new MalformedNote('an Ed25519 seed has 32 bytes')
  const privateKey = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return { ...verifierKey(name, Uint8Array.from(spki.subarray(SPKI.length)), type), privateKey }
}

const publicKeyOf = ({ publicKey }: VerifierKey): KeyObject =>
  createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })

const cosigned = (text: string, seconds: bigint): Buffer =>
  Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`, 'utf8')

/** The signature of a log over its own note. */
export const signNote = (text: string, key: SignerKey): NoteSignature => {
  assertText(text)
  return { name: key.name, id: key.id, bytes: sign(null, Buffer.from(text, 'utf8'), key.privateKey) }
}

/** A witness's: it saw this note, and every earlier one of its log is a beginning of it. @param at milliseconds */
export const cosignNote = (text: string, key: SignerKey, at: number): NoteSignature => {
  assertText(text)
  const seconds = BigInt(Math.floor(at / 1_000))
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(seconds)
  const signature = sign(null, cosigned(text, seconds), key.privateKey)
  return { name: key.name, id: key.id, bytes: Buffer.concat([time, signature]) }
}

/**
 * Checks the signature of exactly this key over this text.
 * @returns whether it holds, and of a cosignature the moment that it names (milliseconds since the epoch)
 */
export const verifySignature = (
  text: string,
  { bytes, name, id }: NoteSignature,
  key: VerifierKey,
): { holds: boolean; at: number | null } => {
  const no = { holds: false, at: null }
  if (name !== key.name || id !== key.id) return no
  if (key.type === 'ed25519') {
    const holds = bytes.length === 64 && verify(null, Buffer.from(text, 'utf8'), publicKeyOf(key), bytes)
    return { holds, at: null }
  }
  if (bytes.length !== 72) return no
  const seconds = Buffer.from(bytes).readBigUInt64BE(0)
  if (seconds > BigInt(Number.MAX_SAFE_INTEGER) / 1_000n) return no
  const holds = verify(null, cosigned(text, seconds), publicKeyOf(key), bytes.subarray(8))
  return { holds, at: holds ? Number(seconds) * 1_000 : null }
}

/** "— <name> <base64 of id and signature>". */
export const signatureLine = ({ name, id, bytes }: NoteSignature): string =>
  `— ${name} ${toBase64(Buffer.concat([Buffer.from(id, 'hex'), bytes]))}\n`

export const formatNote = ({ text, signatures }: SignedNote): string => {
  assertText(text)
  return `${text}\n${signatures.map(signatureLine).join('')}`
}

/** @throws MalformedNote for a line that is no signature, or for too many */
export const parseSignatureLines = (text: string): NoteSignature[] => {
  if (text !== '' && !text.endsWith('\n')) throw new MalformedNote('a line of a signature without its end')
  const lines = text.split('\n').slice(0, -1)
  if (lines.length > MAX_SIGNATURES) throw new MalformedNote(`more than ${MAX_SIGNATURES} signatures`)
  return lines.map((line) => {
    const [, name, encoded] = /^— (\S+) (\S+)$/u.exec(line) ?? []
    if (name === undefined || encoded === undefined || !NAME.test(name))
      throw new MalformedNote('a line that is no signature')
    const bytes = fromBase64(encoded)
    if (bytes.length < 5) throw new MalformedNote('a signature that is too short')
    return { name, id: Buffer.from(bytes.subarray(0, 4)).toString('hex'), bytes: bytes.subarray(4) }
  })
}

/** @throws MalformedNote for anything that is not a note with at least one signature */
export const parseNote = (note: string): SignedNote => {
  if (note.length > MAX_NOTE) throw new MalformedNote(`longer than ${MAX_NOTE} characters`)
  const end = note.lastIndexOf('\n\n')
  if (end < 0) throw new MalformedNote('no empty line before the signatures')
  const text = note.slice(0, end + 1)
  assertText(text)
  const signatures = parseSignatureLines(note.slice(end + 2))
  if (signatures.length === 0) throw new MalformedNote('no signature')
  return { text, signatures }
}

const assertText = (text: string): void => {
  if (!text.endsWith('\n') || text.length < 2) throw new MalformedNote('the text of a note ends in a newline')
  if (CONTROL.test(text.replaceAll('\n', ''))) throw new MalformedNote('control characters')
}
