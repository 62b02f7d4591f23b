import type { IntegrityView, WarningView } from '@/lib/views/sealing/integrity'

const number = new Intl.NumberFormat('en-GB')

export const count = (n: number, one: string, many: string): string =>
  `${number.format(n)} ${n === 1 ? one : many}`

/** "14 s ago", "3 min ago", "5 h ago", "2 days ago". @param ms since then */
export const ago = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1_000))
  if (seconds < 120) return `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 120) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`
}

/** How far a record is signed and sealed, in one sentence. @param now milliseconds, by the server's clock */
export const sealSentence = ({ checkpoint, seal }: IntegrityView, now: number): string => {
  if (checkpoint === null || seal === null) return 'Nothing is signed yet'
  const since = (at: string) => ago(now - Date.parse(at))
  if (seal.sealed !== null)
    return `Sealed by ${seal.signed} of ${count(seal.of, 'agency', 'agencies')}, ${since(seal.sealed.at)}`
  if (seal.needed === 0)
    return `Signed ${since(checkpoint.at)}, not sealed: no other agency’s word counts here`
  return `Signed ${since(checkpoint.at)}, not sealed: ${seal.signed} of ${count(seal.of, 'agency has', 'agencies have')} co-signed, ${seal.needed} are needed`
}

const FAULTS: Record<string, string> = {
  lacking: 'is missing',
  gone: 'is in the order, but the event itself is gone',
  changed: 'is not what it was',
  reordered: 'stands behind one that was written later',
  unsigned: 'does not give the head that was signed',
  signature: 'is signed by a key that is not this installation’s',
  head: 'does not give the size and edge of the tree',
  shrunk: 'was signed and is not there',
  chain: 'does not follow what its writer wrote before',
  unplaced: 'was accepted and is in no order',
}

/** "1,204 events, all as they were", "with all records, all as they were", or the first that is not. Entries count from 1 for people. */
export const verifiedWords = ({
  events,
  faults,
  first,
}: Pick<NonNullable<IntegrityView['verified']>, 'events' | 'faults' | 'first'>): string => {
  const looked = events === null ? 'with all records' : count(events, 'event', 'events')
  if (faults === 0 || first === null) return `${looked}, all as they were`
  const { why, index, until } = first
  const which =
    index === null
      ? 'an entry'
      : until === null || until <= index + 1
        ? `entry ${number.format(index + 1)}`
        : `one of the entries ${number.format(index + 1)} to ${number.format(until)}`
  return `${looked}, ${count(faults, 'fault', 'faults')}; the first: ${which} ${FAULTS[why] ?? 'does not hold'}`
}

/** What a warning means and what to do. */
export const warningWords = ({ why, witness, agency, signedSize, shownSize }: WarningView) => {
  const who =
    witness === null ? 'A witness' : `The witness ${witness}${agency === null ? '' : ` of ${agency.name}`}`
  const sizes =
    signedSize === null || shownSize === null
      ? ''
      : ` It had signed ${count(signedSize, 'event', 'events')} and was then shown another record of ${number.format(shownSize)}.`
  switch (why) {
    case 'refused':
      return {
        title: `${who} refuses to sign`,
        text: `What it was shown does not go on from what it signed before.${sizes} It keeps both versions. Do not let anybody restart or repair anything before they are saved; ask the agency for them.`,
      }
    case 'silent':
      return {
        title: `${who} has not been heard for a quarter of an hour`,
        text: 'Its machine or its way here is down. Its agency should look.',
      }
    case 'not_sealed':
      return {
        title: 'Nothing was sealed for a quarter of an hour',
        text: 'Too few agencies have co-signed since. Look below whose witness is behind.',
      }
    case 'canary_late':
      return {
        title: 'A read did not turn up in the record within a minute',
        text: 'It is made once a minute to see that the record works. The operator should look at the server’s log.',
      }
    default:
      return {
        title: 'The database contradicts what was signed',
        text: `${count(signedSize ?? 0, 'event', 'events')} had been signed, and the database holds ${number.format(shownSize ?? 0)} or others: an older backup, or a change behind the record’s back. Nothing is signed until an operator has looked.`,
      }
  }
}
