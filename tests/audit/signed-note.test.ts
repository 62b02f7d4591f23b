import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkpointText, parseCheckpoint } from '@/lib/audit/checkpoint'
import {
  cosignNote,
  encodeVerifierKey,
  formatNote,
  MalformedNote,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  signatureLine,
  signerKey,
  signNote,
  verifySignature,
} from '@/lib/audit/signed-note'

/** From the documentation of golang.org/x/mod/sumdb/note, which the format comes from. */
const GO_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const GO_NOTE = `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`

const log = signerKey('liaison.example/record', randomBytes(32), 'ed25519')
const witness = signerKey('county.example/witness', randomBytes(32), 'cosignature')
const text = checkpointText({ origin: log.name, size: 48_213, root: randomBytes(32), extensions: [] })

describe('notes of others', () => {
  it('the note of the Go documentation holds under its key', () => {
    const key = parseVerifierKey(GO_KEY)
    const note = parseNote(GO_NOTE)
    expect(verifySignature(note.text, note.signatures[0] ?? expect.fail(), key).holds).toBe(true)
    expect(encodeVerifierKey(key)).toBe(GO_KEY)
    expect(formatNote(note)).toBe(GO_NOTE)
  })
  it('and not with one letter changed', () => {
    const note = parseNote(GO_NOTE.replace('answer', 'Answer'))
    expect(
      verifySignature(note.text, note.signatures[0] ?? expect.fail(), parseVerifierKey(GO_KEY)).holds,
    ).toBe(false)
  })
})

describe('our own', () => {
  it('a signature and a cosignature hold, each under its own key alone', () => {
    const own = signNote(text, log)
    const co = cosignNote(text, witness, 1_700_000_000_999)
    expect(verifySignature(text, own, log)).toEqual({ holds: true, at: null })
    expect(verifySignature(text, co, witness)).toEqual({ holds: true, at: 1_700_000_000_000 })
    expect(verifySignature(text, { ...own, name: witness.name, id: witness.id }, witness).holds).toBe(false)
    expect(verifySignature(text, co, log).holds).toBe(false)
    expect(verifySignature(`${text}more\n`, co, witness).holds).toBe(false)
  })
  it('a moment that was changed does not hold', () => {
    const co = cosignNote(text, witness, 1_700_000_000_000)
    const bytes = Buffer.from(co.bytes)
    bytes.writeBigUInt64BE(1_800_000_000n)
    expect(verifySignature(text, { ...co, bytes }, witness).holds).toBe(false)
    bytes.writeBigUInt64BE(2n ** 63n)
    expect(verifySignature(text, { ...co, bytes }, witness)).toEqual({ holds: false, at: null })
  })
  it('come back from their text as they were', () => {
    const signatures = [signNote(text, log), cosignNote(text, witness, 1)]
    const back = parseNote(formatNote({ text, signatures }))
    expect(back.text).toBe(text)
    expect(back.signatures.map(signatureLine)).toEqual(signatures.map(signatureLine))
    expect(parseVerifierKey(encodeVerifierKey(witness))).toMatchObject({
      id: witness.id,
      type: 'cosignature',
    })
  })
})

describe('what is no note', () => {
  const good = formatNote({ text, signatures: [signNote(text, log)] })
  it.each([
    ['nothing', ''],
    ['no signature', `${text}\n`],
    ['no empty line', good.replace('\n\n', '\n')],
    ['an end that is cut off', good.slice(0, -1)],
    ['a dash of another kind', good.replace('— ', '- ')],
    ['a tab', good.replace('liaison', 'liai\tson')],
    ['loose base64', good.replace(/.=?=\n$/, '!=\n')],
    ['a hundred signatures', `${text}\n${signatureLine(signNote(text, log)).repeat(100)}`],
    ['a megabyte', `${'x'.repeat(1_000_000)}\n\n— a AAAAAAA=\n`],
  ])('%s', (_, note) => expect(() => parseNote(note)).toThrow(MalformedNote))

  it.each(['a+b', 'name+00000000+AAAA', `${encodeVerifierKey(log)}x`, 'x+12345678+AQ==', ''])(
    'no key: %s',
    (key) => expect(() => parseVerifierKey(key)).toThrow(MalformedNote),
  )
  it.each(['a b', '', 'a+b', 'a\nb'])('no name of a key: %j', (name) =>
    expect(() => signerKey(name, randomBytes(32), 'ed25519')).toThrow(MalformedNote),
  )
})

describe('checkpoints', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
        const checkpoint = { origin: log.name, size, root: Buffer.from(root), extensions: ['a b'] }
        expect(parseCheckpoint(checkpointText(checkpoint))).toEqual(checkpoint)
      }),
    )
  })
  const root = `${Buffer.alloc(32).toString('base64')}\n`
  it.each([
    ['no origin', `\n1\n${root}`],
    ['a leading zero', `log\n01\n${root}`],
    ['a sign', `log\n+1\n${root}`],
    ['too large', `log\n9999999999999999\n${root}`],
    ['a short root', 'log\n1\nAAAA\n'],
    ['no end', `log\n1\n${root}`.slice(0, -1)],
    ['an empty line', `log\n1\n${root}\nmore\n`],
  ])('refuses %s', (_, bad) => expect(() => parseCheckpoint(bad)).toThrow(MalformedNote))
})

it('never throws anything else, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (noise) => {
      for (const parse of [parseNote, parseSignatureLines, parseVerifierKey, parseCheckpoint]) {
        try {
          parse(noise)
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedNote)
        }
      }
    }),
  )
})
