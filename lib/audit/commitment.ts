import { createHash } from 'node:crypto'
import { canonicalJson } from '@/lib/audit/canonical'
import type { Json } from '@/lib/audit/event'

/** Bytes of a salt. Random and one per value: without it, an address or a name could be found by trying them all. */
export const SALT_BYTES = 16

/**
 * What stands in the record in place of a personal value: hex of SHA-256(salt ‖ RFC 8785 text of the value). Once salt
 * and value are erased, nothing can be learnt from it, and the record still verifies.
 */
export const commitmentTo = (salt: Uint8Array, value: Json): string => {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`)
  return createHash('sha256').update(salt).update(canonicalJson(value), 'utf8').digest('hex')
}
