import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto'
import { SALT_BYTES } from '@/lib/audit/commitment'

/** AES-256-GCM (NIST SP 800-38D): nonce ‖ ciphertext ‖ tag. Nonces are random: good for 2^32 values under one key. */
const CIPHER = 'aes-256-gcm'
const NONCE_BYTES = 12
const TAG_BYTES = 16
const NONCES_AT_ONCE = 256

let nonces = Buffer.alloc(0)
/** One call of the system's generator serves many nonces, as with salts. */
const nextNonce = (): Buffer => {
  if (nonces.length === 0) nonces = randomBytes(NONCES_AT_ONCE * NONCE_BYTES)
  const nonce = nonces.subarray(0, NONCE_BYTES)
  nonces = nonces.subarray(NONCE_BYTES)
  return nonce
}

/** @param about what the sealed bytes belong to (AAD): they open nowhere else */
export const seal = (key: KeyObject, about: string, ...clear: readonly Uint8Array[]): Buffer => {
  const nonce = nextNonce()
  const cipher = createCipheriv(CIPHER, key, nonce)
  cipher.setAAD(Buffer.from(about, 'utf8'))
  const parts = clear.map((part) => cipher.update(part))
  return Buffer.concat([nonce, ...parts, cipher.final(), cipher.getAuthTag()])
}

/** @throws Error for another key, another `about`, or bytes that were changed */
export const unseal = (key: KeyObject, about: string, sealed: Uint8Array): Buffer => {
  const end = sealed.length - TAG_BYTES
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  })
  decipher.setAAD(Buffer.from(about, 'utf8'))
  decipher.setAuthTag(sealed.subarray(end))
  return Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()])
}

const placeOf = (eventId: string, field: string): string => `${eventId} ${field}`

/** Salt and value of one field of one event: whoever has the row but not the key can try no values either. */
export const sealValue = (
  key: KeyObject,
  { eventId, field, salt, value }: { eventId: string; field: string; salt: Uint8Array; value: string },
): Buffer => seal(key, placeOf(eventId, field), salt, Buffer.from(value, 'utf8'))

export const unsealValue = (
  key: KeyObject,
  { eventId, field, sealed }: { eventId: string; field: string; sealed: Uint8Array },
): { salt: Buffer; value: string } => {
  const clear = unseal(key, placeOf(eventId, field), sealed)
  return { salt: clear.subarray(0, SALT_BYTES), value: clear.toString('utf8', SALT_BYTES) }
}
