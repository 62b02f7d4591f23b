import { createHash } from 'node:crypto'

/** SHA-256 of the bytes of a stored row: written with it, and looked at whenever it is read. */
export const hashOf = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
