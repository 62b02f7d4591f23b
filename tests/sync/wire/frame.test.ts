import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from 'lib0/encoding'
import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { writeSyncStep1, writeSyncStep2, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { WireError } from '@/lib/sync/byte-reader'
import { readFrame, writePresence } from '@/lib/sync/frame'
import { readPresence, speakAs, writePresenceEntries } from '@/lib/sync/presence'
import { MESSAGE } from '@/lib/sync/protocol'
import { readStateVector } from '@/lib/sync/state-vector'

const ruleOf = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof WireError) return error.rule
    throw error
  }
  return 'passed'
}

const doc = new Y.Doc()
doc.getText('t').insert(0, 'hello')

const sync = (write: (encoder: ReturnType<typeof createEncoder>) => void): Uint8Array => {
  const encoder = createEncoder()
  writeVarUint(encoder, MESSAGE.sync)
  write(encoder)
  return toUint8Array(encoder)
}

test('reads what y-protocols writes', () => {
  const update = Y.encodeStateAsUpdate(doc)
  const step1 = readFrame(sync((encoder) => writeSyncStep1(encoder, doc)))
  if (step1.kind !== 'step1') throw new Error(step1.kind)
  expect([...readStateVector(step1.stateVector)]).toEqual([[doc.clientID, 5]])
  expect(readFrame(sync((encoder) => writeSyncStep2(encoder, doc)))).toEqual({
    kind: 'write',
    by: 'step2',
    update,
  })
  expect(readFrame(sync((encoder) => writeUpdate(encoder, update)))).toEqual({
    kind: 'write',
    by: 'update',
    update,
  })
  expect(readFrame(Uint8Array.of(MESSAGE.queryAwareness))).toEqual({ kind: 'queryPresence' })
})

test('[W-01] one message a frame, of a type that clients may send', () => {
  const two = sync((encoder) => {
    writeSyncStep1(encoder, doc)
    writeVarUint(encoder, MESSAGE.sync)
    writeUpdate(encoder, Y.encodeStateAsUpdate(doc))
  })
  expect(ruleOf(() => readFrame(two))).toBe('W-01')
  for (const type of [MESSAGE.auth, MESSAGE.ack, 4, 99]) {
    expect(ruleOf(() => readFrame(Uint8Array.of(type, 0)))).toBe('W-01')
  }
  expect(ruleOf(() => readFrame(Uint8Array.of(MESSAGE.sync, 3, 0)))).toBe('W-01')
})

test('[W-02] presence is small', () => {
  const encoder = createEncoder()
  writeVarUint(encoder, MESSAGE.awareness)
  writeVarUint8Array(encoder, new Uint8Array(70_000))
  expect(ruleOf(() => readFrame(toUint8Array(encoder)))).toBe('W-02')
})

test('[W-04] an empty or cut frame is refused', () => {
  expect(ruleOf(() => readFrame(new Uint8Array()))).toBe('W-04')
  expect(ruleOf(() => readFrame(Uint8Array.of(MESSAGE.sync, 2, 5, 1)))).toBe('W-04')
})

test('presence passes to y-protocols and back', () => {
  const awareness = new Awareness(new Y.Doc())
  awareness.setLocalState({ user: { name: 'Mallory' }, cursor: { anchor: 1, head: 2 } })
  const [entry] = readPresence(encodeAwarenessUpdate(awareness, [awareness.clientID]))
  if (entry === undefined) throw new Error('no entry')
  const state = speakAs({ personId: 'p', name: 'Clara', orgShortCode: 'CEM', orgColour: 3 }, entry.state)
  const other = new Awareness(new Y.Doc())
  applyAwarenessUpdate(other, writePresenceEntries([{ ...entry, state: state as string }]), 'test')
  expect(other.getStates().get(awareness.clientID)).toEqual({
    user: { personId: 'p', name: 'Clara', orgShortCode: 'CEM', orgColour: 3 },
    cursor: { anchor: 1, head: 2 },
  })
  awareness.destroy()
  other.destroy()
})

test('[W-05] presence that is not JSON is refused; a huge cursor is left out', () => {
  const speaker = { personId: 'p', name: 'Clara', orgShortCode: 'CEM', orgColour: 3 }
  expect(ruleOf(() => speakAs(speaker, '{"cursor"'))).toBe('W-05')
  expect(speakAs(speaker, JSON.stringify({ cursor: 'x'.repeat(5000) }))).toContain('"cursor":null')
  expect(speakAs(speaker, 'null')).toBeNull()
  expect(writePresence(writePresenceEntries([]))).toEqual(Uint8Array.of(MESSAGE.awareness, 1, 0))
})
