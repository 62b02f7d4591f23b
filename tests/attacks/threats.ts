/**
 * What the live engine must withstand, in the order of the list of threats. Each has at least one test in this folder
 * whose title begins with its number; `every-threat.test.ts` holds the two together.
 */
export const THREATS = {
  'T-01': "a garbage-collect struct under someone else's clientID",
  'T-02': "someone's clientID at the same clock",
  'T-03': 'tens of thousands of root names',
  'T-04': 'updates with clock gaps',
  'T-05': 'V2 updates, absurd varints and lengths',
  'T-06': 'step 1 by the hundred, for whole documents',
  'T-07': "presence for another's clientID, huge clocks, free names",
  'T-08': 'a deletion names the author, not the deleter',
  'T-09': 'an embedded sub-document',
  'T-10': "nodes outside the editor's schema",
  'T-11': 'a foreign, missing, prefixed or suffixed Origin',
  'T-12': 'a token in an address or in the log',
  'T-13': 'a revoked session with an open socket',
  'T-14': 'a suspended person or organisation with an open socket',
  'T-15': 'memory before identity',
  'T-16': 'a slow handshake',
  'T-17': 'resets and malformed upgrades',
  'T-18': 'upgrades to an unknown path or an absolute address',
  'T-19': 'compression bombs',
  'T-20': 'a session kept across sign-in',
  'T-21': 'a reader writes by update',
  'T-22': 'a reader writes by step 2',
  'T-23': 'a reader writes in odd encodings',
  'T-24': 'two messages in a frame',
  'T-25': 'writes after a downgrade',
  'T-26': 'unknown message types',
  'T-27': 'a commenter writes to the document',
  'T-28': 'forbidden sections against ones that do not exist',
  'T-29': 'edits made offline and brought back after a downgrade',
  'T-30': 'script in links, marks and raw updates',
  'T-31': 'a flood of denials that tries to bury a record',
} as const

export type Threat = keyof typeof THREATS
