import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { MalformedNote, signerKey, signNote } from '@/lib/audit/signed-note'
import { type AddCheckpoint, formatAddCheckpoint, parseAddCheckpoint } from '@/lib/witness/add-checkpoint'
import { judge, type Seen } from '@/lib/witness/judge'
import { smallLog } from '@/tests/support/witness/small-log'

const log = smallLog('liaison.example', 40)
const forked = log.fork(20)
forked.grow(20)
const seenAt = (size: number, of = log): Seen => {
  const { root } = of.asked(0, size).checkpoint
  return { size, root }
}
const stranger = signerKey('liaison.example', randomBytes(32), 'ed25519')
const witnessKey = signerKey('liaison.example', randomBytes(32), 'cosignature')
const signedBy = (key: typeof stranger, ask: AddCheckpoint): AddCheckpoint => ({
  ...ask,
  note: { ...ask.note, signatures: [signNote(ask.note.text, key)] },
})
const alsoBy = (ask: AddCheckpoint): AddCheckpoint => ({
  ...ask,
  note: { ...ask.note, signatures: [signNote(ask.note.text, stranger), ...ask.note.signatures] },
})

describe('what is signed', () => {
  const YES: [string, AddCheckpoint, Seen | null][] = [
    ['the first checkpoint of a log', log.asked(0), null],
    ['a first checkpoint without leaves', log.asked(0, 0), null],
    ['the first leaves after none', log.asked(0, 7), seenAt(0)],
    ['one leaf more', log.asked(20, 21), seenAt(20)],
    ['many leaves more, from no power of two', log.asked(13, 40), seenAt(13)],
    ['many leaves more, from a power of two', log.asked(16, 40), seenAt(16)],
    ['the same once more', log.asked(20, 20), seenAt(20)],
    ['one with a signature of a stranger beside the log’s own', alsoBy(log.asked(20)), seenAt(20)],
  ]
  it.each(YES)('%s', (_, ask, seen) => expect(judge(ask, seen, [log.key])).toEqual({ sign: true }))
})

describe('what is refused, with the status of tlog-witness and the size where the witness stands', () => {
  const cut = { ...log.asked(13), proof: log.asked(13).proof.slice(1) }
  const NO: [string, AddCheckpoint, Seen | null, string, number, number][] = [
    ['another root at the same size', forked.asked(40), seenAt(40), 'other_root', 409, 40],
    ['another history that is longer', forked.asked(30), seenAt(30), 'not_a_continuation', 422, 30],
    ['a fork below what was signed', forked.asked(25, 40), seenAt(25), 'not_a_continuation', 422, 25],
    ['a proof that lacks a hash', cut, seenAt(13), 'not_a_continuation', 422, 13],
    ['a proof of another size', { ...log.asked(12), old: 13 }, seenAt(13), 'not_a_continuation', 422, 13],
    ['a first checkpoint with a proof', { ...log.asked(13), old: 0 }, null, 'not_a_continuation', 422, 0],
    ['the same size with a proof', { ...log.asked(13), old: 40 }, seenAt(40), 'not_a_continuation', 422, 40],
    ['a smaller tree, said openly', log.asked(40, 20), seenAt(40), 'went_back', 400, 40],
    ['an old size above the new one that nobody signed', log.asked(30, 20), seenAt(10), 'went_back', 400, 10],
    ['a proof from before where it stands', log.asked(10, 40), seenAt(20), 'other_size', 409, 20],
    ['a proof from beyond where it stands', log.asked(30, 40), seenAt(20), 'other_size', 409, 20],
    ['a smaller tree under a fitting old size', log.asked(10, 15), seenAt(20), 'other_size', 409, 20],
    ['nothing was seen yet, but an old size is named', log.asked(5, 40), null, 'other_size', 409, 0],
    ['no signature of the log', signedBy(stranger, log.asked(20)), seenAt(20), 'wrong_key', 403, 20],
    [
      'a root of nothing that is not the empty one',
      { ...log.asked(0, 0), checkpoint: { ...log.asked(0, 0).checkpoint, root: randomBytes(32) } },
      null,
      'other_root',
      409,
      0,
    ],
  ]
  it.each(NO)('%s', (_, ask, seen, why, status, size) =>
    expect(judge(ask, seen, [log.key])).toEqual({ sign: false, why, status, size }),
  )
  it('a log that is not watched, before its signature is looked at', () =>
    expect(judge(signedBy(stranger, log.asked(20)), null, null)).toMatchObject({
      why: 'unknown_log',
      status: 404,
    }))
  it('a key that witnesses sign with is no key of a log', () =>
    expect(judge(log.asked(0), null, [witnessKey])).toMatchObject({ why: 'wrong_key', status: 403 }))
  it('who is refused by key learns nothing of the rest', () =>
    expect(judge(signedBy(stranger, forked.asked(40)), seenAt(40), [log.key])).toMatchObject({
      why: 'wrong_key',
    }))
})

/** The example of the standard, with hashes of its own. */
const STANDARD = `old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
`

describe('the body of add-checkpoint', () => {
  it('of the standard is read, and written as it was', () => {
    const ask = parseAddCheckpoint(STANDARD)
    expect(ask).toMatchObject({
      old: 20852014,
      checkpoint: { origin: 'example.com/behind-the-sofa', size: 20852163 },
    })
    expect(ask.proof).toHaveLength(4)
    expect(formatAddCheckpoint(ask)).toBe(STANDARD)
  })
  it('without a proof', () => expect(parseAddCheckpoint(log.body(0)).proof).toEqual([]))

  const line = `${Buffer.alloc(32).toString('base64')}\n`
  const BAD: [string, string][] = [
    ['nothing', ''],
    ['no empty line', 'old 3\n'],
    ['no old size', STANDARD.replace('old 20852014\n', '')],
    ['an old size with a zero before', STANDARD.replace('old 2', 'old 02')],
    ['a negative old size', STANDARD.replace('old 2', 'old -2')],
    ['an old size beyond 2^53', STANDARD.replace('old 20852014', 'old 9999999999999999')],
    ['two spaces', STANDARD.replace('old 2', 'old  2')],
    ['a carriage return', STANDARD.replace('old 20852014\n', 'old 20852014\r\n')],
    ['a hash of 31 bytes', STANDARD.replace(/^Pl.*$/m, Buffer.alloc(31).toString('base64'))],
    ['a hash that is not base64', STANDARD.replace('PlRN', 'Pl!N')],
    ['64 hashes', STANDARD.replace('old 20852014\n', `old 20852014\n${line.repeat(60)}`)],
    ['a checkpoint without a signature', STANDARD.slice(0, STANDARD.indexOf('— '))],
    ['a checkpoint whose size is none', STANDARD.replace('\n20852163\n', '\nmany\n')],
  ]
  it.each(BAD)('%s is malformed', (_, body) => expect(() => parseAddCheckpoint(body)).toThrow(MalformedNote))
  it('63 hashes are not too many', () =>
    expect(
      parseAddCheckpoint(STANDARD.replace('old 20852014\n', `old 20852014\n${line.repeat(59)}`)).proof,
    ).toHaveLength(63))
})
