/**
 * The complete vocabulary of the wire: y-websocket (y-protocols/PROTOCOL.md) plus one message of ours that a
 * client must ask for. Frame numbers and close codes are named here and nowhere else (held by a test).
 */

/** First varint of every message. 0-3 are y-websocket's. */
export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /**
   * Server → client, only when the client connected with `?ack=1`: a varint that counts how many of this
   * connection's write frames (step 2 and update) are committed. "Saved" on screen is this number, nothing else.
   */
  ack: 100,
} as const

/** Second varint of a sync message. Step 2 and update are both writes. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const

/** Second varint of an auth message, from the server only; then a reason as text. The stock client logs it. */
export const AUTH = { readOnly: 0 } as const

/**
 * Reasons of `AUTH.readOnly`; nothing that is written is taken. `damaged`: the section is shown as it last was whole.
 * `schema`: the page is of another version than the server and must be loaded anew.
 */
export const READ_ONLY = { damaged: 'damaged', schema: 'schema' } as const

/**
 * The stock client treats 4400-4499 as final and reconnects after every other code, so only final answers may
 * use that range.
 */
export const CLOSE = {
  tooLarge: 1009,
  restarting: 1012,
  tryLater: 1013,
  accessChanged: 4205,
  invalidFrame: 4400,
  signedOut: 4401,
  refused: 4403,
  hiddenOrMissing: 4404,
} as const

export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE]

/** Path of a section's room: `/collab/<sectionId>`. */
export const COLLAB_PATH = '/collab/'
/** Query parameter by which a client asks for `MESSAGE.ack`. Nothing secret is ever in a URL. */
export const ACK_PARAMETER = 'ack'
/** Query parameter, after `ACK_PARAMETER`: the `EDITOR_SCHEMA_VERSION` of the page. Who says none is taken for current. */
export const SCHEMA_PARAMETER = 'schema'
