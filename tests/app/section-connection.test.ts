import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { ConnectQueue } from '@/app/_editor/connection/connect-queue'
import { openSectionConnection } from '@/app/_editor/connection/section-connection'
import { baseDoc, textOf } from '@/tests/support/sync/base-text'

/** Never opens: what is looked at here needs no server. */
class ClosedSocket extends EventTarget {
  readonly readyState = 3
  send(): void {}
  close(): void {}
}

test('presence goes along when Yjs takes a new clientID because its own comes back from elsewhere', () => {
  const doc = baseDoc()
  const connection = openSectionConnection({
    sectionId: '00000000-0000-7000-8000-000000000000',
    doc,
    canEdit: true,
    serverUrl: 'ws://127.0.0.1:1',
    WebSocketClass: ClosedSocket as unknown as typeof WebSocket,
    queue: new ConnectQueue(0),
  })
  const { awareness } = connection.provider
  awareness.setLocalState({ cursor: { anchor: 1 } })
  const before = doc.clientID
  expect(awareness.clientID).toBe(before)

  const twin = baseDoc()
  twin.clientID = before
  textOf(twin).insert(0, 'mine, from another tab')
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(twin))

  expect(doc.clientID).not.toBe(before)
  expect(awareness.clientID).toBe(doc.clientID)
  expect(awareness.getLocalState()).toEqual({ cursor: { anchor: 1 } })
  expect([...awareness.getStates().keys()]).toEqual([doc.clientID])
  connection.destroy()
})
