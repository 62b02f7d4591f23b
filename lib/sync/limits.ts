/**
 * Every number of the wire in one place. Bytes, counts and milliseconds. The gate refuses what is over; none of
 * them is reached by the stock client on a document that people can read.
 */
export const LIMITS = {
  /** Largest message of the wire. A pasted chapter is some 200 kB; pictures are not in the text. Over: 1009. */
  frameBytes: 2 * 1024 * 1024,
  /** Author blocks in one update: every reload of a tab makes a new clientID, so old documents hold thousands. */
  clientsPerUpdate: 100_000,
  /** Yjs clientIDs are 32 random bits. */
  clientId: 0xffff_ffff,
  /** New ones by one connection: a tab brings its own, and one for every time that Yjs has given it another. */
  clientsPerConnection: 64,
  /** Clocks and lengths. Two thousand million keystrokes of one author. */
  clock: 0x7fff_ffff,
  keyBytes: 512,
  /** Values of attributes and marks: characters of a text, entries of a list (columns of a table). */
  valueText: 256,
  valueList: 1_000,
  /** Nesting of attribute values (lib0 "any"). */
  valueDepth: 16,
  stateVectorClients: 100_000,

  presenceFrameBytes: 64 * 1024,
  presenceEntries: 1_024,
  /** One person's cursor as JSON: two relative positions. */
  cursorBytes: 1_024,

  /** Handshakes whose identity is not known yet: whole server, and per network address. */
  pendingHandshakes: 512,
  pendingPerAddress: 64,
  /** From the upgrade to the first answer of the session store. */
  identityMs: 5_000,
  /** From identity to the committed record of the opening. */
  openingMs: 10_000,
  socketsPerPerson: 200,
  socketsPerAddress: 2_000,
  /** Openings by one person, with a burst: a document of a hundred sections in several tabs, but no flood of denials. */
  opensBurst: 300,
  opensPerSecond: 10,

  /** What one connection may have waiting for a commit before the server stops reading from it. */
  uncommittedBytes: 1024 * 1024,
  /** Sync step 1 asks for a whole document in three bytes. */
  step1Burst: 5,
  step1PerSecond: 1,
  /** Presence gathers this long before it is sent on. */
  presenceEveryMs: 30,

  /**
   * A receiver this far behind misses presence; this far, it is sent nothing until it has taken what waits, then all
   * it missed as one update; and this far, with what it missed, it is closed with 1013.
   */
  behindDropsPresence: 64 * 1024,
  behindStops: 256 * 1024,
  behindCloses: 4 * 1024 * 1024,

  /** The stock client reconnects when 30 s pass without a message, so a quiet room must speak. */
  pingEveryMs: 10_000,
  missedPings: 3,
  /** A lost level or an unfinished check shuts a socket within this. */
  recheckMs: 900,
  /** An ordinary second look at everybody, in case a notification was lost. */
  recheckEveryMs: 60_000,
  burstIdleMs: 60_000,
  touchEveryMs: 30_000,

  /** Rows after the last snapshot that call for a new one. */
  tailRows: 300,
  tailBytes: 1024 * 1024,
  /** An empty room leaves memory after this, and sooner when all rooms together are over so many bytes. */
  roomIdleMs: 30_000,
  roomBytes: 256 * 1024 * 1024,
} as const
