import { CLOSE } from '@/lib/sync/protocol'

export type ConnectionStatus =
  | 'connecting'
  | 'live'
  /** Live, but only to read. */
  | 'readonly'
  /** As `readonly`, for everybody: the server's store of this section is damaged. */
  | 'damaged'
  /** Live, but only to read: this page is of another version than the server. */
  | 'outdated'
  /** Not connected; it is being tried again. What is typed stays here. */
  | 'lost'
  | 'refused'
  | 'gone'
  | 'signed-out'
  | 'too-large'
  | 'invalid'

export interface CloseMeaning {
  status: ConnectionStatus
  /** Plain words for the person. */
  reason: string
  /** The local copy must leave the screen: show nothing of the old document. */
  dropLocalCopy: boolean
  retry: boolean
}

export const DAMAGED =
  'Part of what the server has stored of this section is damaged. You see it as it last was whole, and nobody can change it until it is put back. Whoever runs this server can do that: tell them. All other sections work.'

export const OUTDATED =
  'Liaison was renewed while this page was open, and its editor no longer fits. You can read on; to write, load the page again.'

/** Why somebody who was inside is not any more, by the rule that the server closed with. */
const LOST_BY_RULE: Record<string, string> = {
  R2: 'Your duty in this workspace does not go together with reading this section.',
  R3: 'You were taken out of this section by name.',
  R4: 'Your organisation no longer takes part in this workspace.',
  R5: 'Who may see this section was narrowed, and you are outside it now.',
  R6: 'The marking of this section was changed, and it no longer includes you.',
  R7: 'Your membership or the permission that let you in has ended.',
}

/** The gate's rule about structs under somebody else's clientID. */
const OTHERS_TEXT = 'W-12'

/**
 * DESIGN's table of close codes, as one answer each. Codes that nobody named are lost connections.
 * @param rule the close reason: the rule by which access was lost, on a connection that had it
 */
export const meaningOf = (code: number | null, rule = ''): CloseMeaning => {
  switch (code) {
    case CLOSE.refused:
      return {
        status: 'refused',
        reason:
          LOST_BY_RULE[rule] ??
          'You no longer have access to this section. Its agency or your lead can tell you why.',
        dropLocalCopy: true,
        retry: false,
      }
    case CLOSE.hiddenOrMissing:
      return {
        status: 'gone',
        reason:
          LOST_BY_RULE[rule] ??
          'There is nothing here for you. It may have been removed, or it is no longer shared with you.',
        dropLocalCopy: true,
        retry: false,
      }
    case CLOSE.signedOut:
      return {
        status: 'signed-out',
        reason:
          'You are signed out. Sign in again to go on; what is not saved yet stays here until you leave.',
        dropLocalCopy: false,
        retry: false,
      }
    case CLOSE.invalidFrame:
      return {
        status: 'invalid',
        reason:
          rule === OTHERS_TEXT
            ? 'This tab holds text of other people that the server does not know. That happens when a backup was restored. Do not reload: ask the agency of this section to let open tabs bring text back, then try again.'
            : 'This section stopped syncing because of a fault. Copy what you typed last and reload the page.',
        dropLocalCopy: false,
        retry: false,
      }
    case CLOSE.tooLarge:
      return {
        status: 'too-large',
        reason:
          'That was too large to send at once. It is still here: remove part of it, or paste it in pieces.',
        dropLocalCopy: false,
        retry: false,
      }
    case CLOSE.accessChanged:
      return {
        status: 'connecting',
        reason: 'What you may do here has changed.',
        dropLocalCopy: false,
        retry: true,
      }
    case CLOSE.restarting:
      return {
        status: 'lost',
        reason: 'The server is restarting. What you type is kept here and sent when it is back.',
        dropLocalCopy: false,
        retry: true,
      }
    case CLOSE.tryLater:
      return {
        status: 'lost',
        reason:
          'The server cannot take this right now. What you type is kept here and sent as soon as it can.',
        dropLocalCopy: false,
        retry: true,
      }
    default:
      return {
        status: 'lost',
        reason: 'The connection is lost. What you type is kept here and sent when it is back.',
        dropLocalCopy: false,
        retry: true,
      }
  }
}

/** Milliseconds before try number `attempt` (1, 2 …): full jitter, so that a thousand tabs do not return at once. */
export const backoff = (attempt: number, random: () => number = Math.random): number =>
  Math.round(random() * Math.min(30_000, 500 * 2 ** Math.min(attempt, 10)))
